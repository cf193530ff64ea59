/**
 * What the serving thread may do itself (docs/embedded-fauna.md). Each of the forms is evaluated at most once where it
 * is written and answers no more than it was given or has read, so a query's length and what it reads bound its work.
 */
import { registry } from '../../functions/index.ts';
import { createRegistry } from '../../language/registry.ts';
import { rememberedMatch } from '../../security/hashes.ts';
import type { ReadBounds } from '../../store/bounds.ts';
import { OutOfBounds } from '../../store/elsewhere.ts';
import type { SessionBounds } from '../session.ts';

/** No form that repeats, calls, binds, makes a set or writes. */
const FORMS = new Set('get exists ref collection class select if and or equals object current_identity'.split(' '));
/** Those that the predicates of roles have besides. */
const OF_PREDICATES = new Set('var current_token'.split(' '));

const LONGEST = 1000;
/** Other forms, tags that make sets and lambdas, and whatever is written another way than it is meant. */
const BEYOND = new RegExp(
  `\\\\|"@(?:set|query)"|"(?:${registry.forms
    .map(({ required }) => required[0])
    .filter((name = '') => !FORMS.has(name))
    .join('|')})"\\s*:`,
);

/** By its text, a hint that spares the rest: what is beyond the bounds is noticed in any case. */
export const looksDirect = (query: string): boolean => query.length <= LONGEST && !BEYOND.test(query);

/** A few milliseconds' work at most. */
export const READ_BOUNDS: ReadBounds = { statements: 60, bytes: 16_384, schemaBytes: 131_072, schemaVersions: 500 };

export const SESSION_BOUNDS: SessionBounds = {
  registry: createRegistry(
    registry.forms.filter(({ required: [name = ''] }) => FORMS.has(name) || OF_PREDICATES.has(name)),
  ),
  spends: 200,
  hashMatches: (text, hash) => {
    const known = rememberedMatch(text, hash);
    if (known === undefined) throw new OutOfBounds('a hash would have to be computed');
    return known;
  },
};
