import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFile } from '../../../src/main/notes/file/open-file.ts';
import { storeOn } from '../../../src/main/notes/open-notes.ts';
import { bodyOf, Editor, failureCode, openStore, seededRandom, temporaryFile, virtualClock, write } from './helpers.ts';

const CHILD = fileURLToPath(new URL('./save-until-killed.ts', import.meta.url));

/** Lets a process save until it has acknowledged some edits, kills it, and answers the last number it acknowledged. */
async function saveAndKill(file: string, after: number): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    said += data;
    lines += data.split('\n').length - 1;
    if (lines >= after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

describe('when a save has been acknowledged', () => {
  it('it is there after the process was killed, searchable and waiting to be sent', async () => {
    const file = temporaryFile();
    for (const after of [1, 3, 20, 57]) {
      const last = await saveAndKill(file, after);
      const store = openStore({ file });
      expect(store.notices).toEqual([]);
      const [note] = store.list();
      const body = bodyOf(store, note?.id ?? '');
      const numbers = body.trim().split('\n').map(Number);
      expect(numbers.slice(0, last)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
      // The edit on its way may be in as a whole, or not at all.
      expect(numbers.length - last).toBeLessThanOrEqual(2);
      expect(await store.search(`${last} `)).toHaveLength(1);
      expect(note?.sync).toBe('waiting');
      await store.close();
    }
  }, 60_000);

  it('nothing of it is undone by a crash between its steps, and nothing half done is left by one before', async () => {
    const file = temporaryFile();
    const first = openStore({ file });
    const { id } = first.create({ body: 'before' });
    await first.close();
    for (const [step, expected] of [
      ['before begin', 'before'],
      ['before commit', 'before'],
      ['after commit', 'before, after'],
    ] as const) {
      let armed = false;
      const store = openStore({
        file,
        probe: (name) => {
          if (armed && name === step) throw new Error('crash');
        },
      });
      armed = true;
      expect(() => write(store, id, ', after')).toThrow('crash');
      await store.close();
      const again = openStore({ file });
      expect(bodyOf(again, id)).toBe(expected);
      expect(await again.search('after')).toHaveLength(expected === 'before' ? 0 : 1);
      await again.close();
    }
  });
});

describe('when the disk is full', () => {
  it('the save fails in words, the note is as before in memory and on disk, and saving works again with space', () => {
    const file = openFile(temporaryFile());
    const store = storeOn(file, { device: 'd', clock: virtualClock(), random: seededRandom(), notices: [] });
    onTestFinished(() => store.close());
    const { id } = store.create({ body: 'before' });
    const told: unknown[] = [];
    store.on('changed', (ids) => told.push(ids));
    store.on('updated', (note) => told.push(note));
    const pages = Number(file.db.prepare('PRAGMA page_count').get()?.page_count);
    file.db.exec(`PRAGMA max_page_count = ${pages}`);
    const editor = new Editor(store.open(id).state);
    const update = editor.insert(0, 'x'.repeat(100_000));
    expect(failureCode(() => store.save(id, update))).toBe('disk-full');
    expect(failureCode(() => store.create({ body: 'y'.repeat(100_000) }))).toBe('disk-full');
    expect(bodyOf(store, id)).toBe('before');
    expect(store.list()).toHaveLength(1);
    expect(told).toEqual([]);
    file.db.exec('PRAGMA max_page_count = 100000');
    store.save(id, update);
    expect(bodyOf(store, id)).toHaveLength(100_006);
  });
});
