/** Queries that come again are parsed once, as long as the schema their names were looked up in stays the same. */
import type { Expression } from '../language/expression.ts';
import type { Auth } from '../security/auth.ts';
import { parseJson } from '../wire/json.ts';
import type { CountingSession } from './session.ts';

export type ParseCache = (session: CountingSession, auth: Auth, text: string) => Expression;

const MOST = 500;
const LONGEST = 2000;
/**
 * Sets, lambdas and refs to `self` in literals are made with the login at hand, so they are made anew; a tag may be
 * written in escapes.
 */
const PERSONAL = /"@(?:set|query)"|self"|\\u/;

export function createParseCache(): ParseCache {
  let version = -1n;
  const known = new Map<string, Expression>();
  return (session, auth, text) => {
    if (text.length > LONGEST) return session.parse(auth, parseJson(text));
    if (version !== session.catalog.version) {
      version = session.catalog.version;
      known.clear();
    }
    const key = `${auth.scope} ${text}`;
    const found = known.get(key);
    if (found) return found;
    const expression = session.parse(auth, parseJson(text));
    if (!PERSONAL.test(text)) {
      for (const oldest of known.keys()) {
        if (known.size < MOST) break;
        known.delete(oldest);
      }
      known.set(key, expression);
    }
    return expression;
  };
}
