/** Rounds of killing the whole app while its window saves, and looking whether all that was called saved is there. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import faunadb from 'faunadb';
import { z } from 'zod';
import { openStack } from '../../../src/embedded/stack.ts';
import { createFaunaClient } from '../../../src/main/fauna/client.ts';
import { openNotes } from '../../../src/main/notes/open-notes.ts';
import { type Launched, launchBurrow } from '../../electron-simulation/launch.ts';
import { continueHere, noteInList, seesNotes, seesSignIn, seesSync } from '../support/walk.ts';
import { type Said, saveByBridge, saveByTyping } from './saving.ts';

export interface WholeAppReport {
  rounds: number;
  /** How often something was called saved. */
  acknowledged: number;
  /** What is wrong, in words. */
  wrong: string[];
  notes: number;
  /** Notes that the app's own Fauna has with the same text. */
  synced: number;
}

const MOST_MS = 2_000;

export async function killWholeApp(rounds: number, tell: (line: string) => void = () => {}): Promise<WholeAppReport> {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-kill-whole-'));
  const userData = join(folder, 'user-data');
  const wrong: string[] = [];
  let acknowledged = 0;
  let burrow: Launched | null = null;
  try {
    burrow = await launchBurrow({ userData });
    await seesSignIn(burrow.window);
    await continueHere(burrow.window);
    for (let round = 1; round <= rounds && wrong.length === 0; round++) {
      const said = await saveAndKill(burrow, round);
      acknowledged += said.times;
      wrong.push(...look(userData, said).map((what) => `round ${round}: ${what}`));
      tell(`round ${round}: ${said.times} saves acknowledged${wrong.map((what) => `; ${what}`).join('')}`);
      burrow = await launchBurrow({ userData });
      await seesNotes(burrow.window);
      if (said.saved) await noteInList(burrow.window, `round ${round},`).waitFor();
      await seesSync(burrow.window, /^Synced/);
    }
    await burrow.close();
    const { notes, synced } = await compareWithFauna(userData);
    if (synced !== notes) wrong.push(`${notes - synced} notes are not in Fauna as they are here`);
    return { rounds, acknowledged, wrong, notes, synced };
  } finally {
    await burrow?.kill().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every other round by typing into the editor, else by the bridge's own calls, which leave no pause between two saves. */
async function saveAndKill(burrow: Launched, round: number): Promise<Said> {
  const saving = round % 2 === 0 ? saveByTyping(burrow.window, round) : saveByBridge(burrow.window, round);
  await saving.begun;
  await new Promise((resolve) => setTimeout(resolve, Math.random() * MOST_MS));
  await burrow.kill();
  return saving.end();
}

const notesFile = (userData: string): string => {
  const [account] = readdirSync(join(userData, 'accounts'));
  return join(userData, 'accounts', account ?? '', 'notes.db');
};

const openLocal = (userData: string) => {
  const file = notesFile(userData);
  const account = file.split(/[\\/]/).at(-2) ?? '';
  return openNotes({ file, account, device: 'the one who looks' });
};

/** Everything that is wrong with the file, in words. */
function look(userData: string, said: Said): string[] {
  const wrong: string[] = [];
  const store = openLocal(userData);
  for (const notice of store.notices) wrong.push(`opening said: ${notice.message}`);
  const bodies = store.list().map(({ id }) => store.body(id));
  void store.close();
  if (!bodies.some((body) => body.startsWith(said.saved) && said.typed.startsWith(body)))
    wrong.push(`called saved, and not there: ${JSON.stringify(said.saved.slice(-80))} of ${JSON.stringify(bodies[0])}`);
  const database = new DatabaseSync(notesFile(userData), { readOnly: true });
  const check = String(database.prepare('PRAGMA integrity_check').get()?.integrity_check);
  database.close();
  if (check !== 'ok') wrong.push(`SQLite says: ${check}`);
  if (existsSync(`${notesFile(userData)}.suspect`)) wrong.push('the app met damage');
  return wrong;
}

const documents = z.object({ data: z.array(z.object({ ref: z.unknown(), data: z.object({ body: z.string() }) })) });
const { query: q } = faunadb;

/** The app is closed: its own Fauna is opened on its data, and asked what it has. */
async function compareWithFauna(userData: string): Promise<{ notes: number; synced: number }> {
  const stack = await openStack({ data: join(userData, 'embedded') });
  const store = openLocal(userData);
  try {
    const client = createFaunaClient({
      endpoint: 'http://fauna.test',
      secret: `${stack.keys.rootKey}:burrow:admin`,
      fetch: (url, { signal: _, ...rest } = {}) => stack.fauna(new Request(url, rest)),
    });
    const every = q.Map(
      q.Paginate(q.Documents(q.Collection('notes')), { size: 100_000 }),
      q.Lambda('ref', q.Get(q.Var('ref'))),
    );
    const there = documents.parse(await client.query(every)).data.map(({ data }) => data.body);
    const here = store.list().map(({ id }) => store.body(id));
    return { notes: here.length, synced: here.filter((body) => there.includes(body)).length };
  } finally {
    await store.close();
    await stack.close();
  }
}
