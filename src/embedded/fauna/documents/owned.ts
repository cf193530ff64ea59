/** Tokens and credentials belong to a document: their `instance` field (`document` is how FaunaDB stores it). */
import type { Session } from '../language/context.ts';
import { CREDENTIALS_BY_DOCUMENT, NATIVE, TOKENS_BY_DOCUMENT } from '../schema/ids.ts';
import { NEVER } from '../store/rows.ts';
import { encodeKey } from '../values/keys.ts';
import { isRef, type Ref, ref } from '../values/value.ts';
import { getVersion } from './read.ts';

export function documentOf(session: Session, owned: Ref): Ref | undefined {
  const owner = getVersion(session, owned, undefined)?.fields.get('instance') ?? null;
  return isRef(owner) ? owner : undefined;
}

const MANY = 1000;

/** The tokens or the credentials of a document. */
export function* ownedBy(
  session: Session,
  collection: typeof NATIVE.tokens | typeof NATIVE.credentials,
  owner: Ref,
): Generator<Ref> {
  const found = session.transaction.scan({
    scope: owner.scope,
    index: collection === NATIVE.tokens ? TOKENS_BY_DOCUMENT : CREDENTIALS_BY_DOCUMENT,
    terms: encodeKey(owner),
    from: undefined,
    to: undefined,
    ascending: true,
    at: NEVER - 1n,
    limit: MANY,
  });
  for (const row of found) {
    const owned = ref(owner.scope, collection, row.id);
    if (getVersion(session, owned, undefined)) yield owned;
  }
}
