/**
 * The process that is killed: main's notes and sync, opened as main opens them, taking edits without a pause. It says
 * which were acknowledged, one number a line. Its argument is `WriterOptions` as JSON.
 */
import { writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createWorkspace } from '../../../src/main/workspace.ts';
import { Editor } from '../notes/editor.ts';
import { lineOf, PASSING } from './lines.ts';
import { tokenOf } from './server.ts';

export interface WriterOptions {
  folder: string;
  scripts: string;
  account: string;
  round: number;
  endpoint: string;
  token: string;
}

const { folder, scripts, account, round, endpoint, token } = JSON.parse(process.argv[2] ?? '') as WriterOptions;
// Written at once, to a pipe, so that what was acknowledged outlives this process.
const say = (text: string): void => void writeSync(1, `${text}\n`);

const workspace = createWorkspace({
  folder,
  scripts,
  fauna: { endpoint, fetch: (url, init) => fetch(url, init), token: tokenOf(token) },
  tell: () => {},
});
await workspace.switchTo({ userId: account, label: 'Ada', email: null, local: false });
const { id } = workspace.notes().create();
say(`note ${id}`);
const editor = new Editor(workspace.notes().open(id).state);
const end = () => editor.text.length;
const save = (update: Uint8Array) => workspace.notes().save(id, update, 'window');
for (let number = 1; ; number++) {
  save(editor.insert(end(), lineOf(round, number)));
  say(String(number));
  if (number % 10 === 0) {
    save(editor.insert(end(), PASSING));
    save(editor.delete(end() - PASSING.length, PASSING.length));
    workspace.notes().setTags(id, [`${number} lines`]);
  }
  // Main takes one message of the window after another; sync has its turn in between.
  await nextTurn();
}
