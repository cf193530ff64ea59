import * as Y from 'yjs';
import { fail, type Outcome, succeed } from '../../../src/shared/failure.ts';
import type { NoteSummary, OpenNote } from '../../../src/shared/notes/note.ts';
import type { NoteVersion } from '../../../src/shared/notes/version.ts';
import { sampleNotes } from './sample-notes.ts';

interface FakeNote {
  summary: NoteSummary;
  doc: Y.Doc;
}

const hour = 3_600_000;
const hoursAgo = [0.4, 3, 27, 31, 60, 99, 400, 2300, 9000];

/** Notes in memory, with real Yjs documents. `?notes=N` adds N more; `?fail-saves` refuses every save. */
export function createFakeNotes(query: URLSearchParams) {
  const notes = new Map<string, FakeNote>();
  const add = (id: string, body: string, change: Partial<NoteSummary> = {}) => {
    const doc = new Y.Doc();
    doc.getText('body').insert(0, body);
    const at = change.editedAt ?? Date.now();
    const summary: NoteSummary = {
      id,
      title: '',
      preview: '',
      tags: [],
      pinned: false,
      trashedAt: null,
      createdAt: at,
      editedAt: at,
      sync: 'synced',
      conflicted: false,
      readOnly: false,
      ...change,
    };
    const note = { summary: { ...summary, ...readable(body) }, doc };
    notes.set(id, note);
    return note;
  };
  if (!query.has('empty')) {
    for (const [index, sample] of sampleNotes.entries()) {
      const editedAt = Date.now() - (hoursAgo[index] ?? 0) * hour;
      add(String(1000 + index), sample.body, { editedAt, ...sample.change });
    }
    for (let index = 0; index < Number(query.get('notes') ?? 0); index += 1) {
      const body = `Field note ${index + 1}\nWhat was seen on walk number ${index + 1}, before the rain.`;
      add(String(500_000 + index), body, { editedAt: Date.now() - index * hour });
    }
  }

  const change = (id: string, patch: Partial<NoteSummary>): Outcome<NoteSummary> => {
    const note = notes.get(id);
    if (!note) return fail('note-missing', 'This note is no longer there.');
    note.summary = { ...note.summary, ...patch };
    return succeed(note.summary);
  };

  const api = {
    list: async () => succeed([...notes.values()].map((note) => note.summary)),
    create: async () => succeed(add(String(Date.now()), '').summary),
    open: async ({ id }: { id: string }): Promise<Outcome<OpenNote>> => {
      const note = notes.get(id);
      if (!note) return fail('note-missing', 'This note is no longer there.');
      return succeed({ summary: note.summary, state: new Uint8Array(Y.encodeStateAsUpdate(note.doc)) });
    },
    save: async ({ id, update }: { id: string; update: Uint8Array }): Promise<Outcome<NoteSummary>> => {
      if (query.has('fail-saves')) return fail('disk-full', 'The disk is full.', 'Free some space.');
      const note = notes.get(id);
      if (!note) return fail('note-missing', 'This note is no longer there.');
      Y.applyUpdate(note.doc, update);
      return change(id, { editedAt: Date.now(), ...readable(note.doc.getText('body').toString()) });
    },
    setPinned: async ({ id, pinned }: { id: string; pinned: boolean }) => change(id, { pinned }),
    setTags: async ({ id, tags }: { id: string; tags: string[] }) => change(id, { tags }),
    trash: async ({ id }: { id: string }) => change(id, { trashedAt: Date.now() }),
    restore: async ({ id }: { id: string }) => change(id, { trashedAt: null }),
    purge: async ({ id }: { id: string }) => {
      notes.delete(id);
      return succeed(undefined);
    },
    summaries: async ({ ids }: { ids: string[] }) => succeed(ids.flatMap((id) => notes.get(id)?.summary ?? [])),
    versions: async ({ id }: { id: string }) =>
      succeed({ versions: notes.has(id) && !query.has('empty') ? versions : [], missing: null }),
    versionBody: async ({ id, version }: { id: string; version: string }) =>
      succeed({
        body: earlier(
          notes.get(id)?.doc.getText('body').toString() ?? '',
          versions.findIndex((one) => one.version === version),
        ),
      }),
    restoreVersion: async ({ id }: { id: string }) => change(id, { editedAt: Date.now() }),
    conflict: async ({ id }: { id: string }) => {
      const body = notes.get(id)?.doc.getText('body').toString() ?? '';
      return succeed({
        at: Date.now() - hour,
        mine: body.replace('late', 'very late'),
        theirs: body.replace('late', 'early'),
      });
    },
    resolveConflict: async ({ id }: { id: string }) => change(id, { conflicted: false }),
    exportMarkdown: async ({ ids }: { ids: string[] }) =>
      succeed({ folder: '/home/mira/Documents', notes: ids.length }),
    search: async ({ query: words }: { query: string }) => succeed(find([...notes.values()], words)),
  };
  return { api, all: () => [...notes.values()].map((note) => note.summary) };
}

const versions: NoteVersion[] = (['edit', 'conflict', 'deletion', 'history', 'history'] as const).map(
  (reason, index) => ({
    version: `v${index}`,
    at: Date.now() - index * 9 * hour,
    where: reason === 'history' ? 'fauna' : 'this-computer',
    reason,
  }),
);

/** What the note might have been: a few lines less, a few words other. */
const earlier = (body: string, age: number): string =>
  body
    .split('\n')
    .filter((_, line) => line === 0 || (line * 7) % 5 !== age)
    .map((line, at) => (at % 6 === 2 ? line.replace(/\b(\w{4,})\b/, 'something') : line))
    .join('\n');

function readable(body: string): Pick<NoteSummary, 'title' | 'preview'> {
  const [first = '', ...rest] = body.split('\n').map((line) => line.replace(/^[#>\-*\s[\]x]+/, '').trim());
  return { title: first, preview: rest.filter(Boolean).slice(0, 2).join(' ').slice(0, 160) };
}

function find(notes: FakeNote[], words: string) {
  const wanted = words.trim().toLowerCase();
  return notes.flatMap(({ summary, doc }) => {
    const body = doc.getText('body').toString();
    const at = body.toLowerCase().indexOf(wanted);
    if (at < 0) return [];
    const end = at + wanted.length;
    const before = `${at > 20 ? '…' : ''}${body.slice(Math.max(0, at - 20), at)}`;
    const snippet = `${before}\u0002${body.slice(at, end)}\u0003${body.slice(end, end + 60)}`;
    return [{ id: summary.id, snippet: snippet.replaceAll('\n', ' ') }];
  });
}
