import faunadb from 'faunadb';
import { z } from 'zod';
import { limits, noteId } from '../../shared/notes/note.ts';
import { type Cursor, THERE } from '../fauna/queries.ts';
import type { IdsPage, MalformedNote, PushAnswer, Received, RemoteVersion } from './gateway.ts';

/** Another FQL client may have written anything: what is not of the right type or size counts as not there. */
const BODY_LIMIT = 8 * 1024 * 1024;
/** ms: the dates that JavaScript has. */
const LAST_TIME = 8_640_000_000_000_000;

const ts = z.number().int().positive();

// Some ten thousand at a first sync: by hand, at a tenth of what a schema costs.
type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is string => typeof value === 'string' && noteId.safeParse(value).success;
const isTs = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
const whole = (value: unknown, least: number, most: number): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most ? value : null;
const time = (value: unknown): number | null => whole(value, 0, LAST_TIME);
const text = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value.length <= most ? value : null;

const bytes = (value: unknown): Uint8Array | null => {
  if (!(value instanceof faunadb.values.Bytes)) return null;
  // The driver's types leave out that its values have a `value`.
  const { value: found } = value as unknown as { value: Uint8Array };
  return found.byteLength <= BODY_LIMIT ? found : null;
};

const tagsOf = (value: unknown): string[] | null => {
  if (!Array.isArray(value)) return null;
  const good = value.flatMap((tag: unknown) => {
    const trimmed = typeof tag === 'string' ? tag.trim() : '';
    return trimmed !== '' && trimmed.length <= limits.tagLength ? [trimmed] : [];
  });
  return good.slice(0, limits.tagsPerNote);
};

/** A document of the collection as the store takes it. Never throws. */
export const decodeNote = (value: unknown): Received => {
  const document = isFields(value) ? value : {};
  const id = isFields(document.ref) && isId(document.ref.id) ? document.ref.id : null;
  const at = isTs(document.ts) ? document.ts : 0;
  const malformed = (why: string): MalformedNote => ({ kind: 'malformed', id, ts: at, why });
  if (id === null || at === 0) return malformed('no id or no time');
  const { data } = document;
  if (!isFields(data)) return malformed('no data');
  if (time(data.purgedAt) !== null) {
    const over = whole(data.over, 0, Number.MAX_SAFE_INTEGER);
    return { kind: 'purged', id, ts: at, ...(over === null ? {} : { over }) };
  }
  if (typeof data.body === 'string' && data.body.length > BODY_LIMIT) return malformed('the text is too large');
  return {
    kind: 'note',
    id,
    ts: at,
    format: whole(data.format, 1, Number.MAX_SAFE_INTEGER) ?? 1,
    state: bytes(data.state),
    body: text(data.body, BODY_LIMIT),
    tags: tagsOf(data.tags),
    pinned: typeof data.pinned === 'boolean' ? data.pinned : null,
    trashedAt: time(data.trashedAt),
    createdAt: time(data.createdAt),
    editedAt: time(data.editedAt),
    device: text(data.device, 256),
  };
};

const cursorArray = z.tuple([ts, z.object({ id: z.string() })]).rest(z.unknown());
const toCursor = ([at, note]: z.infer<typeof cursorArray>): Cursor => ({ ts: at, id: note.id });

const page = z.object({
  data: z.array(z.unknown()),
  before: cursorArray.optional().catch(undefined),
  after: cursorArray.optional().catch(undefined),
});

/** A page of documents, with where it begins and ends; own notes are left out but their time counts. */
export const decodePage = (value: unknown) => {
  const { data: found, before, after } = page.parse(value);
  let newest = 0;
  const notes: Received[] = [];
  for (const one of found) {
    if (isFields(one) && one.own === true && isTs(one.ts)) {
      newest = Math.max(newest, one.ts);
      continue;
    }
    const note = decodeNote(one);
    newest = Math.max(newest, note.ts);
    notes.push(note);
  }
  return { notes, newest, before: before ? toCursor(before) : null, after: after ? toCursor(after) : null };
};

const counted = z.number().int().min(0);
export const decodeCount = (value: unknown): number => counted.parse(value);

const idPage = z.object({ page: page.extend({ data: z.array(z.tuple([z.string(), ts])) }), at: ts });
export const decodeIds = (value: unknown): IdsPage => {
  const { page: found, at } = idPage.parse(value);
  return { found: found.data, at, next: found.after ? toCursor(found.after) : null };
};

/** Documents that were asked for by id; those that are not there are left out. */
export const decodeNotes = (value: unknown, expected: number): Received[] =>
  z
    .array(z.unknown())
    .length(expected)
    .parse(value)
    .flatMap((one) => (one === null ? [] : [decodeNote(one)]));

/** What is no state is left out. */
export const decodeStates = (value: unknown, expected: number): Uint8Array[][] =>
  z
    .array(z.array(z.unknown()))
    .length(expected)
    .parse(value)
    .map((states) => states.flatMap((one) => bytes(one) ?? []));

/** Of notes that are there: null. */
export const decodeDeletions = (words: string, expected: number): (number | null)[] =>
  z
    .array(z.union([z.literal(THERE).transform(() => null), z.coerce.number().int().min(0)]))
    .length(expected)
    .parse(words.split(' '));

const answers = z.array(
  z.union([z.object({ written: ts }), z.object({ gone: z.literal(true) }), z.object({ found: z.unknown() })]),
);

export const decodeAnswers = (value: unknown, expected: number): PushAnswer[] => {
  const found = answers.length(expected).parse(value);
  return found.map((answer) => {
    if ('written' in answer) return { kind: 'written', ts: answer.written };
    return 'gone' in answer ? { kind: 'gone' } : { kind: 'found', note: decodeNote(answer.found) };
  });
};

const versionPage = z.object({
  data: z.array(z.object({ ts, data: z.object({ body: z.string() }).nullable().catch(null).default(null) })),
});

export const decodeVersions = (value: unknown): RemoteVersion[] =>
  versionPage
    .parse(value)
    .data.flatMap(({ ts: at, data: found }) => (found ? [{ ts: at, body: found.body }] : []))
    .reverse();
