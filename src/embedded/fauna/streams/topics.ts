/** What a stream is about, as text: one document, or one set of an index under its terms. */
import type { Change } from '../store/commit.ts';

export const documentTopic = (scope: number, collection: number, id: bigint): string =>
  `d:${scope}:${collection}:${id}`;

export const setTopic = (scope: number, index: bigint, key: Uint8Array): string =>
  `s:${scope}:${index}:${Buffer.from(key).toString('latin1')}`;

export const topicOf = (change: Change): string =>
  change.type === 'entry'
    ? setTopic(change.scope, change.index, change.terms)
    : documentTopic(change.scope, change.collection, change.id);
