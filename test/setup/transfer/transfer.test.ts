import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeEach, expect, it } from 'vitest';
import type { NotesStore } from '../../../src/main/notes/notes-store.ts';
import { openNotes } from '../../../src/main/notes/open-notes.ts';
import { fromMarkdown, toMarkdown } from '../../../src/setup/transfer/note-file.ts';
import { temporaryFolder } from '../../main/notes/helpers.ts';

const ADA = 'user_ada';
let userData: string;

const open = (user = ADA): NotesStore => {
  const folder = join(userData, 'accounts', user);
  mkdirSync(folder, { recursive: true });
  return openNotes({ file: join(folder, 'notes.db'), account: user, device: 'test' });
};

const run = (name: 'export' | 'import', ...args: string[]) => {
  const script = join(import.meta.dirname, '../../../src/setup', `run-${name}.ts`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, ...args, '--user-data', userData],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

const shown = (notes: NotesStore) =>
  notes
    .list()
    .map(({ id, title, tags, pinned, trashedAt, createdAt }) => ({
      title,
      body: notes.body(id),
      tags,
      pinned,
      trashedAt,
      createdAt,
    }))
    .sort((a, b) => a.body.localeCompare(b.body));

const fill = async () => {
  const notes = open();
  notes.create({ body: '# Beaver\n---\ntags: none\n---\nnaïve 🦫\r\nlast', tags: ['water', 'two words'] });
  notes.setPinned(notes.create({ body: '' }).id, true);
  notes.trash(notes.create({ body: 'gone' }).id);
  for (let at = 0; at < 120; at++) notes.create({ body: `Same title\n${at}` });
  const before = shown(notes);
  await notes.close();
  return before;
};

beforeEach(() => {
  userData = temporaryFolder();
});

it.each(['notes.zip', 'notes.jsonl'])(
  '%s carries every note to another account, whole',
  async (name) => {
    const before = await fill();
    const file = join(userData, name);
    const exported = run('export', file);
    expect(exported).toMatchObject({ status: 0, stdout: `123 notes written to ${file}\n` });
    expect(exported.stderr).toContain('100 of 123 notes');

    await open('user_eve').close();
    expect(run('import', file, '--account', 'user_eve', '--json')).toMatchObject({ status: 0 });
    const eve = open('user_eve');
    expect(shown(eve)).toEqual(before);
    await eve.close();

    const again = run('import', file, '--account', 'user_eve', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, made: 0, known: 123, refused: [] });
  },
  60_000,
);

it('a zip is of Markdown files that any editor opens', async () => {
  await fill();
  const file = join(userData, 'notes.zip');
  run('export', file);
  const files = unzipSync(readFileSync(file));
  expect(Object.keys(files)).toContain('Beaver.md');
  expect(Object.keys(files)).toContain('Same title 120.md');
  expect(strFromU8(files['Beaver.md'] ?? new Uint8Array())).toMatch(
    /^---\nid: "\d+"\ncreated: .*Z\nedited: .*Z\ntags: \["two words","water"\]\n---\n# Beaver\n---\n/,
  );
});

it('takes a zip of anybody’s Markdown, and says what it could not read', async () => {
  await open().close();
  const file = join(userData, 'other.zip');
  writeFileSync(
    file,
    zipSync({
      'a/plain.md': strToU8('# Plain\ntext'),
      'hugo.md': strToU8('---\ntitle: x\ndraft:\n---\nbody'),
      'photo.jpg': strToU8('x'),
    }),
  );
  expect(JSON.parse(run('import', file, '--json').stdout)).toMatchObject({ made: 2, known: 0 });
  const lines = join(userData, 'other.jsonl');
  writeFileSync(lines, '{"body":"one"}\nnot json\n{"body":7}\n\n{"body":"two","tags":["t"]}\n');
  expect(run('import', lines).stdout).toBe('2 notes made, 0 were here already, 2 not readable: line 2, line 3\n');
  const notes = open();
  expect(shown(notes).map(({ body }) => body)).toEqual([
    '---\ntitle: x\ndraft:\n---\nbody',
    '# Plain\ntext',
    'one',
    'two',
  ]);
  await notes.close();
});

it('says in words what it cannot do, and leaves nothing half done', async () => {
  await open().close();
  await open('user_eve').close();
  const out = join(userData, 'x.zip');
  expect(run('export', out)).toMatchObject({ status: 1, stderr: expect.stringContaining('Name one with --account: ') });
  expect(run('export', out, '--account', 'user_bob').stderr).toContain('There are no notes of user_bob');
  expect(run('export', 'notes.txt')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('FILE ends in .zip or .jsonl'),
  });
  expect(run('export', join(userData, 'no', 'folder.zip'), '--account', ADA)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('could not be written'),
  });
  expect(run('import', out, '--account', ADA)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('cannot be read'),
  });
  symlinkSync(`${hostname()}-${process.pid}`, join(userData, 'SingletonLock'));
  expect(run('import', out, '--account', ADA).stderr).toContain('Burrow is running with these notes. Close Burrow');
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(userData).filter((name) => name.includes('unfinished'))).toEqual([]);
});

it('a head that is not ours is part of the body', () => {
  const note = { id: '7', body: 'x', tags: ['a'], pinned: true, trashedAt: 1000, createdAt: 2000, editedAt: 3000 };
  expect(fromMarkdown(toMarkdown(note))).toEqual(note);
  for (const text of ['', '---', '---\n---', '---\ntags: 7\n---\nx', 'x\n---\npinned: true\n---']) {
    const read = fromMarkdown(text);
    expect(read.body === text || text === '---\n---').toBe(true);
  }
});
