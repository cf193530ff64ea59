/**
 * Filling new indexes. Few documents are indexed as the index is made; else it stays inactive while they are gone
 * through piece by piece, between other queries (WriteAdaptor.scala's IndexWriteConfig).
 */
import type { Session } from '../language/context.ts';
import { NATIVE } from '../schema/ids.ts';
import type { IndexSchema } from '../schema/model.ts';
import { encodeValue } from '../values/codec.ts';
import { decodeValue } from '../values/decode.ts';
import { isObject, ref } from '../values/value.ts';
import { indexDocument } from './indexing.ts';
import { loadRules, storeRules } from './rules.ts';

/** The most versions there may be for an index to be built at once. */
const AT_ONCE = 128;
/** Documents a piece. */
const PIECE = 200;
const BEFORE_ALL = -(2n ** 63n);

/** Whether it can be filled in the transaction that makes it. */
export function buildsAtOnce(session: Session, index: Pick<IndexSchema, 'scope' | 'sources'>): boolean {
  const [source] = index.sources;
  if (index.sources.length !== 1 || !source) return false;
  if (!source.collections) return session.catalog.scope(index.scope).all(NATIVE.collections).length === 0;
  let rest = AT_ONCE;
  for (const collection of new Set(source.collections)) {
    rest -= session.transaction.countVersions(index.scope, collection, rest + 1);
    if (rest < 0) return false;
  }
  return true;
}

export function buildNow(session: Session, index: IndexSchema): void {
  for (const collection of collectionsOf(session, index)) {
    for (const id of session.transaction.idsAfter(index.scope, collection, BEFORE_ALL, AT_ONCE + 1)) {
      const versions = indexDocument(session, index, ref(index.scope, collection, id));
      session.meter.compute(versions * (index.terms.length + index.values.length));
    }
  }
}

export function buildLater(session: Session, index: IndexSchema): void {
  session.transaction.putBuild({ scope: index.scope, index: index.id, collection: -1, id: BEFORE_ALL });
}

/** The numbers of the collections it holds documents of. */
export const collectionsOf = (session: Session, index: Pick<IndexSchema, 'scope' | 'sources'>): number[] => {
  const all = (): number[] =>
    session.catalog
      .scope(index.scope)
      .all(NATIVE.collections)
      .map(({ id }) => Number(id));
  return [...new Set(index.sources.flatMap((source) => source.collections ?? all()))].sort((a, b) => a - b);
};

/** Does a piece of whatever there is to build. Answers whether there may be more. To be called in a write. */
export function buildPiece(session: Session): boolean {
  const { transaction, catalog } = session;
  const build = transaction.build();
  if (!build) return false;
  const index = catalog.scope(build.scope).index(build.index);
  if (!index) {
    transaction.dropBuild(build.scope, build.index);
    return true;
  }
  let room = PIECE;
  for (const collection of collectionsOf(session, index)) {
    if (collection < build.collection) continue;
    const after = collection === build.collection ? build.id : BEFORE_ALL;
    const ids = transaction.idsAfter(build.scope, collection, after, room);
    for (const id of ids) indexDocument(session, index, ref(build.scope, collection, id));
    room -= ids.length;
    if (room === 0) {
      transaction.putBuild({ ...build, collection, id: ids.at(-1) ?? after });
      return true;
    }
  }
  transaction.dropBuild(build.scope, build.index);
  activate(session, build.scope, build.index);
  return true;
}

function activate({ transaction, catalog, time, parseLambda }: Session, scope: number, id: bigint): void {
  const row = transaction.version(scope, NATIVE.indexes, id);
  const fields = row && row.action !== 'delete' ? decodeValue(row.data, loadRules(scope, parseLambda)) : null;
  if (!isObject(fields)) return;
  const data = encodeValue(new Map(fields).set('active', true), storeRules(time));
  transaction.putVersion(scope, NATIVE.indexes, id, { ts: time, action: 'update', data });
  catalog.changed();
}
