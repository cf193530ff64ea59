import faunadb from 'faunadb';
import { z } from 'zod';
import { limits, noteId } from '../../shared/notes/note.ts';
import type { Cursor } from '../fauna/queries.ts';
import type { MalformedNote, PushAnswer, Received, RemoteVersion } from './gateway.ts';

/** Another FQL client may have written anything: what is not of the right type or size counts as not there. */
const BODY_LIMIT = 8 * 1024 * 1024;
/** ms: the dates that JavaScript has. */
const LAST_TIME = 8_640_000_000_000_000;

const optional = <T extends z.ZodType>(shape: T) => shape.nullable().catch(null).default(null);
const time = z.number().int().min(0).max(LAST_TIME);
const ts = z.number().int().positive();
const bytes = z
  .instanceof(faunadb.values.Bytes)
  // The driver's types leave out that its values have a `value`.
  .transform((bytes) => (bytes as unknown as { value: Uint8Array }).value)
  .refine((value) => value.byteLength <= BODY_LIMIT);
const tags = z.array(z.unknown()).transform((found) => {
  const good = found.flatMap((tag) => {
    const text = typeof tag === 'string' ? tag.trim() : '';
    return text !== '' && text.length <= limits.tagLength ? [text] : [];
  });
  return good.slice(0, limits.tagsPerNote);
});

const ref = z.object({ id: noteId });
const identified = z.object({ ref, ts });

const data = z.object({
  format: z.number().int().positive().catch(1).default(1),
  purgedAt: optional(time),
  state: optional(bytes),
  body: optional(z.string()),
  tags: optional(tags),
  pinned: optional(z.boolean()),
  trashedAt: optional(time),
  createdAt: optional(time),
  editedAt: optional(time),
  device: optional(z.string().max(256)),
});

/** A document of the collection as the store takes it. Never throws. */
export const decodeNote = (value: unknown): Received => {
  const known = identified.safeParse(value);
  if (!known.success) return malformed(value, 'no id or no time');
  const found = data.safeParse((value as { data?: unknown }).data);
  if (!found.success) return malformed(value, 'no data');
  const { purgedAt, body, ...fields } = found.data;
  const { id } = known.data.ref;
  if (purgedAt !== null) return { kind: 'purged', id, ts: known.data.ts };
  if (body !== null && body.length > BODY_LIMIT) return malformed(value, 'the text is too large');
  return { kind: 'note', id, ts: known.data.ts, body, ...fields };
};

const malformed = (value: unknown, why: string): MalformedNote => {
  const loose = z
    .object({ ref: optional(ref), ts: optional(ts) })
    .catch({ ref: null, ts: null })
    .parse(value);
  return { kind: 'malformed', id: loose.ref?.id ?? null, ts: loose.ts ?? 0, why };
};

const cursorArray = z.tuple([ts, z.object({ id: z.string() })]).rest(z.unknown());
const toCursor = ([at, note]: z.infer<typeof cursorArray>): Cursor => ({ ts: at, id: note.id });

const page = z.object({
  data: z.array(z.unknown()),
  before: cursorArray.optional().catch(undefined),
  after: cursorArray.optional().catch(undefined),
});
const ownNote = z.object({ own: z.literal(true), ts });

/** A page of documents, with where it begins and ends; own notes are left out but their time counts. */
export const decodePage = (value: unknown) => {
  const { data: found, before, after } = page.parse(value);
  let newest = 0;
  const notes: Received[] = [];
  for (const one of found) {
    const own = ownNote.safeParse(one);
    const note = own.success ? null : decodeNote(one);
    newest = Math.max(newest, own.success ? own.data.ts : (note?.ts ?? 0));
    if (note) notes.push(note);
  }
  return { notes, newest, before: before ? toCursor(before) : null, after: after ? toCursor(after) : null };
};

const counted = z.number().int().min(0);
export const decodeCount = (value: unknown): number => counted.parse(value);

const idPage = z.object({ page: page.extend({ data: z.array(z.string()) }), at: ts });
export const decodeIds = (value: unknown): { ids: string[]; at: number; next: Cursor | null } => {
  const { page: found, at } = idPage.parse(value);
  return { ids: found.data, at, next: found.after ? toCursor(found.after) : null };
};

const answers = z.array(z.union([z.object({ written: ts }), z.object({ found: z.unknown() })]));

export const decodeAnswers = (value: unknown, expected: number): PushAnswer[] => {
  const found = answers.length(expected).parse(value);
  return found.map((answer) =>
    'written' in answer ? { kind: 'written', ts: answer.written } : { kind: 'found', note: decodeNote(answer.found) },
  );
};

const versionPage = z.object({
  data: z.array(z.object({ ts, data: z.object({ body: z.string() }).nullable().catch(null).default(null) })),
});

export const decodeVersions = (value: unknown): RemoteVersion[] =>
  versionPage
    .parse(value)
    .data.flatMap(({ ts: at, data: found }) => (found ? [{ ts: at, body: found.body }] : []))
    .reverse();
