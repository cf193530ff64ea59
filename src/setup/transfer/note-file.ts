import { z } from 'zod';
import { limits, tagList } from '../../shared/notes/note.ts';

/** A note outside Burrow: what a person wrote, and when. Times are ms since the epoch. */
export const carriedNote = z.object({
  id: z.string().optional(),
  body: z.string(),
  tags: tagList.default([]),
  pinned: z.boolean().default(false),
  trashedAt: z.number().nullable().default(null),
  createdAt: z.number().optional(),
  editedAt: z.number().optional(),
});
export type CarriedNote = z.infer<typeof carriedNote>;

const FENCE = '---';
const iso = (ms: number): string => new Date(ms).toISOString();

/** Markdown under a head of plain YAML, which other editors understand. */
export const toMarkdown = (note: CarriedNote): string => {
  const head = [
    ...(note.id === undefined ? [] : [`id: "${note.id}"`]),
    ...(note.createdAt === undefined ? [] : [`created: ${iso(note.createdAt)}`]),
    ...(note.editedAt === undefined ? [] : [`edited: ${iso(note.editedAt)}`]),
    `tags: ${JSON.stringify(note.tags)}`,
    ...(note.pinned ? ['pinned: true'] : []),
    ...(note.trashedAt === null ? [] : [`trashed: ${iso(note.trashedAt)}`]),
  ];
  return [FENCE, ...head, FENCE, note.body].join('\n');
};

const headFields = z.object({
  id: z.string().optional(),
  created: z.iso.datetime().optional(),
  edited: z.iso.datetime().optional(),
  tags: z.array(z.string()).optional(),
  pinned: z.boolean().optional(),
  trashed: z.iso.datetime().optional(),
});

const readValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const readHead = (lines: string[]): z.infer<typeof headFields> | null => {
  const entries = lines
    .map((line) => /^(\w+): (.*)$/.exec(line))
    .map((found) => found && [found[1], readValue(found[2] ?? '')]);
  if (entries.some((entry) => entry === null)) return null;
  return headFields.safeParse(Object.fromEntries(entries as [string, unknown][])).data ?? null;
};

const time = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

/** Reads what `toMarkdown` wrote. A file with another head, or with none, is all body. */
export const fromMarkdown = (text: string): CarriedNote => {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const end = lines.indexOf(FENCE, 1);
  const head = lines[0] === FENCE && end > 0 ? readHead(lines.slice(1, end)) : null;
  if (!head) return carriedNote.parse({ body: lines.join('\n') });
  const tags = (head.tags ?? []).map((tag) => tag.trim()).filter((tag) => tag !== '' && tag.length <= limits.tagLength);
  return {
    ...(head.id === undefined ? {} : { id: head.id }),
    body: lines.slice(end + 1).join('\n'),
    tags: tags.slice(0, limits.tagsPerNote),
    pinned: head.pinned ?? false,
    trashedAt: time(head.trashed) ?? null,
    createdAt: time(head.created),
    editedAt: time(head.edited),
  };
};
