/** Tokens and credentials belong to a document: their `instance` field (`document` is how FaunaDB stores it). */
import type { Session } from '../language/context.ts';
import { isRef, type Ref } from '../values/value.ts';
import { getVersion } from './read.ts';

export function documentOf(session: Session, owned: Ref): Ref | undefined {
  const owner = getVersion(session, owned, undefined)?.fields.get('instance') ?? null;
  return isRef(owner) ? owner : undefined;
}
