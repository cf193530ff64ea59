import faunadb from 'faunadb';
import { failure } from '../../shared/failure.ts';
import * as queries from '../fauna/queries.ts';
import { RequestError, toRequestError } from '../fauna/request-failure.ts';
import type { FaunaTransport } from '../fauna/transport.ts';
import type { Outgoing } from '../notes/remote/outgoing.ts';
import { NOTE_FORMAT } from '../notes/rows/note-rows.ts';
import { askDeletions } from './ask-deletions.ts';
import {
  decodeAnswers,
  decodeCount,
  decodeIds,
  decodeNotes,
  decodePage,
  decodeStates,
  decodeVersions,
} from './decode.ts';
import type { FaunaGateway } from './gateway.ts';

/** How many earlier texts are asked for. */
const VERSIONS = 64;

/** The driver's own, which it would write letter by letter: half of what a push costs. */
class Bytes extends faunadb.values.Bytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.#bytes = bytes;
  }

  override toJSON(): object {
    const { buffer, byteOffset, byteLength } = this.#bytes;
    return { '@bytes': Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
  }
}

const unreadable = failure(
  'fauna-answer-unreadable',
  'Fauna answered something that Burrow does not understand.',
  'Check that the Fauna address leads to Fauna itself; Burrow tries again.',
);

export const toWrite = (sent: Outgoing): queries.NoteWrite => {
  const { id, baseTs } = sent;
  if (sent.kind === 'tombstone')
    return {
      ...{ id, baseTs, whole: true, make: true },
      data: { purgedAt: sent.purgedAt, over: baseTs ?? 0, format: NOTE_FORMAT },
    };
  const { title, body, tags, pinned, trashedAt, createdAt, editedAt, device } = sent;
  return {
    ...{ id, baseTs, whole: false, make: sent.edited },
    data: {
      ...{ title, body, tags, pinned, trashedAt, createdAt, editedAt, device },
      state: new Bytes(sent.state),
      format: NOTE_FORMAT,
      ...{ purgedAt: null, over: null },
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
    fetch: (secret, ids) => ask(secret, queries.notesById(ids), (value) => decodeNotes(value, ids.length)),
    earlierStates: async (secret, ids) => {
      try {
        return await ask(secret, queries.earlierStates(ids), (value) => decodeStates(value, ids.length));
      } catch (error) {
        if (error instanceof RequestError && error.problem === 'refused') return ids.map(() => []);
        throw error;
      }
    },
    deletedAt: (secret, ids) => askDeletions(transport, secret, ids),
    versions: (secret, id) => ask(secret, queries.versionsOf(id, VERSIONS), decodeVersions),
    watch: (secret, handlers) =>
      transport.stream(secret, queries.ownChanges(), {
        ...handlers,
        ended: (error) => handlers.ended(toRequestError(error)),
      }),
  };
};
