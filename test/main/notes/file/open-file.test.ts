import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../../../src/main/notes/file/migrations.ts';
import { openNotes } from '../../../../src/main/notes/open-notes.ts';
import type { OutgoingNote } from '../../../../src/main/notes/remote/outgoing.ts';
import {
  ACCOUNT,
  asNextBurrowFinds,
  bodyOf,
  failureCode,
  openStore,
  temporaryFile,
  temporaryFolder,
  virtualClock,
  write,
} from '../helpers.ts';
import { OLD_NOTE, olderFiles } from './older-files.ts';

const open = (file: string, account = ACCOUNT) => openNotes({ file, account, device: 'laptop' });

const PAGE = 8192;

/** Overwrites whole pages. */
function damage(file: string, ...pages: number[]): void {
  const bytes = readFileSync(file);
  for (const page of pages) bytes.fill(0xa5, page * PAGE, (page + 1) * PAGE);
  writeFileSync(file, bytes);
}

function rootPage(file: string, table: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.rootpage);
  } finally {
    db.close();
  }
}

describe('a file that is not to be used', () => {
  it('of another program is refused and stays as it is', () => {
    const file = temporaryFile();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const before = readFileSync(file);
    expect(failureCode(() => open(file))).toBe('store-foreign');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(['notes.sqlite']);
  });

  it('of a newer Burrow is refused and its notes stay', async () => {
    const file = temporaryFile();
    const store = openStore({ file });
    const { id } = store.create({ body: 'from the future' });
    await store.close();
    const setVersion = (version: number) => {
      const db = new DatabaseSync(file);
      db.exec(`PRAGMA user_version = ${version}`);
      db.close();
    };
    setVersion(migrations.length + 1);
    expect(failureCode(() => open(file))).toBe('store-newer');
    setVersion(migrations.length);
    expect(bodyOf(openStore({ file }), id)).toBe('from the future');
  });

  it('of another account is refused', async () => {
    const file = temporaryFile();
    await openStore({ file }).close();
    expect(failureCode(() => open(file, 'user_eve'))).toBe('store-other-account');
  });

  it('is a folder, or in a folder that is not there: said in words', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'notes.sqlite'));
    expect(failureCode(() => open(join(folder, 'notes.sqlite')))).toBe('store-unwritable');
    expect(failureCode(() => open(join(folder, 'missing', 'notes.sqlite')))).toBe('store-unwritable');
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'may not be written (root may write all)',
    async () => {
      const file = temporaryFile();
      await openStore({ file }).close();
      chmodSync(file, 0o400);
      expect(failureCode(() => open(file))).toBe('store-unwritable');
    },
  );
});

describe('a damaged file', () => {
  const NOTES = 300;
  const clock = virtualClock();
  const folder = mkdtempSync(join(tmpdir(), 'burrow-damage-'));
  let ids: string[] = [];
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Notes of different kinds, enough for every table to have several pages; half of them sent. */
  beforeAll(async () => {
    const store = open(join(folder, 'filled'));
    ids = Array.from({ length: NOTES }, (_, i) => store.create({ body: `Note ${i}\n${`word${i} `.repeat(60)}` }).id);
    const sent = store.sync.outgoing({ notes: NOTES / 2, bytes: 1e9 });
    store.sync.acknowledge(sent.map((one, i) => ({ sent: one, ts: i + 1 })));
    store.sync.apply([], 'cursor');
    write(store, ids[0] ?? '', ' edited');
    await store.close();
  }, 60_000);

  function filled(): string {
    const file = temporaryFile();
    copyFileSync(join(folder, 'filled'), file);
    return file;
  }

  it('without a single readable page makes room for a new one and is kept', () => {
    for (const bytes of [Buffer.alloc(0x5000), Buffer.from('gibberish'), Buffer.alloc(200, 'x')]) {
      const file = temporaryFile();
      writeFileSync(file, bytes);
      const store = openStore({ file, clock: virtualClock() });
      expect(store.notices).toMatchObject([{ code: 'store-rebuilt' }]);
      store.create({ body: 'works' });
      const kept = `${file}.damaged-2026-01-01T00-00-00.000Z`;
      expect(readFileSync(kept).equals(bytes)).toBe(true);
      expect(store.notices[0]?.mend).toContain('notes.sqlite.damaged-2026-01-01T00-00-00.000Z');
    }
  });

  it('in the table of notes: all that can be read is there, and the rest is asked of the server', async () => {
    const file = filled();
    damage(file, rootPage(file, 'notes') - 1);
    const store = openStore({ file, clock });
    expect(store.notices).toMatchObject([{ code: 'store-rebuilt' }]);
    expect(
      store
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    expect(bodyOf(store, ids[0] ?? '')).toContain(' edited');
    expect(store.sync.cursor).toBeNull();
    expect(await store.search('word7 ')).toHaveLength(1);
    await store.close();
    expect(openStore({ file }).notices).toEqual([]);
  });

  it.each(Array.from({ length: 12 }, (_, i) => i))(
    'anywhere, try %i: opens, keeps nearly all notes, loses no note that waits while its text can be read',
    async (attempt) => {
      const file = filled();
      const pages = Math.floor(readFileSync(file).length / PAGE);
      damage(file, 1 + ((attempt * 7919) % (pages - 1)));
      // What was met while running, or by the check in the background, makes the next open look at every page.
      writeFileSync(`${file}.suspect`, '');
      const store = openStore({ file, clock });
      expect(existsSync(`${file}.suspect`)).toBe(false);
      const bodies = store.list().map(({ id }) => bodyOf(store, id));
      expect(bodies.length).toBeGreaterThan(NOTES * 0.8);
      for (const body of bodies) expect(body).toMatch(/^Note \d+\n(word\d+ )+( edited)?$/);
      if (store.notices.length === 0) expect(bodies).toHaveLength(ids.length);
      const still = new Set(store.list().map(({ id }) => id));
      const copies = store.list().filter(({ tags }) => tags.includes('recovered')).length;
      const waitingLost = ids.slice(NOTES / 2).filter((id) => !still.has(id)).length;
      expect(waitingLost).toBeLessThanOrEqual(copies);
    },
  );

  it('met while running: the failure says so, and the next start mends it', async () => {
    const file = filled();
    damage(file, rootPage(file, 'states') - 1);
    const store = openStore({ file, clock });
    expect(store.notices).toEqual([]);
    const codes = ids.map((id) => {
      try {
        store.open(id);
        return 'ok';
      } catch (error) {
        return (error as { failure?: { code: string } }).failure?.code ?? String(error);
      }
    });
    expect(new Set(codes)).toEqual(new Set(['store-damaged']));
    await store.close();
    const mended = openStore({ file, clock });
    expect(mended.notices).toMatchObject([{ code: 'store-rebuilt' }]);
    // Sent notes come back from the server; those that waited are here as copies made of the search index.
    expect(mended.list().every(({ tags }) => tags.includes('recovered'))).toBe(true);
    expect(mended.list()).toHaveLength(NOTES / 2 + 1);
  });

  it('found by the check in the background is mended at the next start', async () => {
    const file = filled();
    const whole = openStore({ file, clock });
    expect(await whole.check()).toBeNull();
    await whole.close();
    damage(file, rootPage(file, 'versions') - 1);
    const store = openStore({ file, clock });
    expect(await store.check()).toMatchObject({ code: 'store-damaged' });
    await store.close();
    const mended = openStore({ file, clock });
    expect(mended.notices).toMatchObject([{ code: 'store-rebuilt' }]);
    expect(mended.list()).toHaveLength(NOTES);
  });

  it('leaves notes of a newer format to the Burrow that understands them', async () => {
    const file = temporaryFile();
    const store = openStore({ file, clock });
    const other = openStore();
    other.create({ body: 'of the next Burrow' });
    const sent = other.sync.outgoing({ notes: 1, bytes: 1 })[0] as OutgoingNote;
    store.sync.apply([{ ...sent, ts: 7, format: 2 }]);
    await store.close();
    damage(file, rootPage(file, 'versions') - 1);
    writeFileSync(`${file}.suspect`, '');
    const mended = openStore({ file, clock });
    expect(mended.notices).toMatchObject([{ code: 'store-rebuilt' }]);
    expect(mended.list()).toMatchObject([{ title: 'of the next Burrow', readOnly: true }]);
    await mended.close();
    asNextBurrowFinds(file);
    expect(openStore({ file }).list()).toMatchObject([{ title: 'of the next Burrow', readOnly: false }]);
  });

  it('whose rebuilding was cut short by a crash is rebuilt at the next start', async () => {
    const file = filled();
    damage(file, rootPage(file, 'notes') - 1);
    writeFileSync(`${file}.rebuilding`, 'half a file');
    const store = openStore({ file, clock });
    expect(store.list()).toHaveLength(ids.length);
    expect(existsSync(`${file}.rebuilding`)).toBe(false);
  });

  it('whose rebuilt file was not yet in its place is replaced by it at the next start', async () => {
    const file = filled();
    renameSync(file, `${file}.rebuilt`);
    writeFileSync(file, 'damaged');
    expect(openStore({ file, clock }).list()).toHaveLength(ids.length);
  });
});

describe('migrations', () => {
  it('that were released never change', () => {
    const hashes = migrations.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 16));
    expect(hashes.slice(0, RELEASED.length)).toEqual(RELEASED);
  });

  it.each(migrations.map((_, version) => version))(
    'take a file at version %i to the newest, with its notes',
    async (version) => {
      const file = temporaryFile();
      const fixture = olderFiles[version];
      expect(fixture, `a file at version ${version} is missing: add it to olderFiles`).toBeDefined();
      fixture?.(file);
      const store = openStore({ file });
      expect(store.notices).toEqual([]);
      if (version > 0) {
        expect(store.list()).toMatchObject([{ id: OLD_NOTE, title: 'Old note' }]);
        expect(bodyOf(store, OLD_NOTE)).toBe('Old note\nwith a marmot');
        expect(await store.search('marmot')).toMatchObject([{ id: OLD_NOTE }]);
        // The text before an edit becomes a version: it is still known.
        store.restoreBody(OLD_NOTE, 'anew');
        expect(store.versions(OLD_NOTE).map(({ version: at }) => store.versionBody(OLD_NOTE, at))).toEqual([
          'Old note\nwith a marmot',
        ]);
      }
      write(store, store.create().id, 'new');
      const db = new DatabaseSync(file, { readOnly: true });
      expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
      db.close();
    },
  );
});

/** Grows at each release; nothing is released yet. */
const RELEASED: string[] = [];
