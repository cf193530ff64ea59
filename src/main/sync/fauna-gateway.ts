import faunadb from 'faunadb';
import { failure } from '../../shared/failure.ts';
import * as queries from '../fauna/queries.ts';
import { faunaCodes, RequestError, toRequestError } from '../fauna/request-failure.ts';
import type { FaunaTransport } from '../fauna/transport.ts';
import type { Outgoing } from '../notes/remote/outgoing.ts';
import { decodeAnswers, decodeCount, decodeIds, decodePage, decodeVersions } from './decode.ts';
import type { FaunaGateway } from './gateway.ts';

/** The format of the documents that this Burrow writes. */
const FORMAT = 1;
/** How many earlier texts are asked for. */
const VERSIONS = 64;

const { Bytes } = faunadb.values;

const unreadable = failure(
  'fauna-answer-unreadable',
  'Fauna answered something that Burrow does not understand.',
  'Check that the Fauna address leads to Fauna itself; Burrow tries again.',
);

export const toWrite = (sent: Outgoing): queries.NoteWrite => {
  const { id, baseTs } = sent;
  if (sent.kind === 'tombstone') return { id, baseTs, whole: true, data: { purgedAt: sent.purgedAt, format: FORMAT } };
  const { title, body, tags, pinned, trashedAt, createdAt, editedAt, device } = sent;
  return {
    id,
    baseTs,
    whole: false,
    data: {
      ...{ title, body, tags, pinned, trashedAt, createdAt, editedAt, device },
      state: new Bytes(sent.state),
      format: FORMAT,
      purgedAt: null,
    },
  };
};

/** The gateway on any transport: the app's is the real driver, the simulation's its own network. */
export const createFaunaGateway = (transport: FaunaTransport): FaunaGateway => {
  const ask = async <T>(secret: string, expression: faunadb.ExprArg, decode: (value: unknown) => T): Promise<T> => {
    let answer: unknown;
    try {
      answer = await transport.query(secret, expression);
    } catch (error) {
      throw toRequestError(error);
    }
    try {
      return decode(answer);
    } catch (error) {
      throw new RequestError('rejected', unreadable, { cause: error });
    }
  };

  return {
    push: (secret, batch) =>
      ask(secret, queries.writeNotes(batch.map(toWrite)), (value) => decodeAnswers(value, batch.length)),
    changes: (secret, from, size, own) =>
      ask(secret, queries.changesFrom(from, size, own), (value) => {
        const { notes, newest, after } = decodePage(value);
        // All that a transaction wrote is seen at once, so after the last page the next moment will do.
        const next = after ?? { ts: Math.max(from.ts, newest + 1) };
        return { notes, next, more: after !== null };
      }),
    newest: (secret, before, size) =>
      ask(secret, queries.newestBefore(before, size), (value) => {
        const { notes, before: next } = decodePage(value);
        return { notes: notes.reverse(), before: next };
      }),
    count: (secret) => ask(secret, queries.countOwn(), decodeCount),
    ids: (secret, from, size) => ask(secret, queries.listIds(from, size), decodeIds),
    isGone: async (secret, id) => {
      try {
        await transport.query(secret, queries.assertGone(id));
        return false;
      } catch (error) {
        if (faunaCodes(error).includes('instance not found')) return true;
        const failed = toRequestError(error);
        if (failed.problem === 'refused') return false;
        throw failed;
      }
    },
    versions: (secret, id) => ask(secret, queries.versionsOf(id, VERSIONS), decodeVersions),
    watch: (secret, handlers) =>
      transport.stream(secret, queries.ownChanges(), {
        ...handlers,
        ended: (error) => handlers.ended(toRequestError(error)),
      }),
  };
};
