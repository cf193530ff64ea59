import { writeSync } from 'node:fs';
import { openNotes } from '../../../src/main/notes/open-notes.ts';
import { systemRandom } from '../../../src/main/notes/surroundings.ts';
import { Editor } from './editor.ts';

/** Run as a process of its own: appends numbers to one note, and says each number once its save was acknowledged. */
const store = openNotes({ file: process.argv[2] ?? '', account: 'user_ada', device: 'child', random: systemRandom });
const id = store.list()[0]?.id ?? store.create().id;
const editor = new Editor(store.open(id).state);
for (let n = editor.text.toString().split('\n').length; ; n++) {
  store.save(id, editor.insert(editor.text.length, `${n}\n`));
  writeSync(1, `${n}\n`);
}
