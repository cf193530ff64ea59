import * as Y from 'yjs';
import type { NotesStore } from '../../src/main/notes/notes-store.ts';
import { NOTE_BODY } from '../../src/shared/notes/note.ts';
import type { Device } from './device.ts';
import { isTrouble } from './device.ts';
import type { Dice } from './dice.ts';
import { gapsIn, type Journal, type Marker, markersIn } from './journal.ts';
import { POISON } from './network.ts';

interface OpenEditor {
  note: string;
  doc: Y.Doc;
  readOnly: boolean;
  /** Typed, and not yet said to be saved. */
  unsaved: Marker[];
}

const MOST_NOTES = 6;

/** Somebody at a device: types, deletes, tags, trashes and purges, with an editor that stays open and follows the store. */
export class Person {
  readonly #device: Device;
  readonly #journal: Journal;
  #editor: OpenEditor | null = null;

  constructor(device: Device, journal: Journal) {
    this.#device = device;
    this.#journal = journal;
    device.opened = (store) => {
      this.#editor = null;
      store.on('updated', (id, update, origin) => {
        if (origin === null && this.#editor?.note === id) Y.applyUpdate(this.#editor.doc, update, 'store');
      });
    };
  }

  act(dice: Dice, poison: boolean): void {
    const { store } = this.#device;
    if (!store) return;
    try {
      this.#act(store, dice, poison);
    } catch (error) {
      if (!isTrouble(error)) throw error;
    }
  }

  #act(store: NotesStore, dice: Dice, poison: boolean): void {
    const notes = store.list();
    if (notes.length === 0 || (notes.length < MOST_NOTES && dice.chance(0.15))) {
      this.#create(store, dice, poison);
      return;
    }
    const note = dice.pick(notes);
    const choice = dice.next();
    if (choice < 0.55) this.#type(store, note.id, dice);
    else if (choice < 0.68) this.#delete(store, note.id, dice);
    else if (choice < 0.74) this.#tag(store, note.id, note.tags);
    else if (choice < 0.8) store.setPinned(note.id, !note.pinned);
    else if (choice < 0.86) store.trash(note.id);
    else if (choice < 0.92) store.restore(note.id);
    else if (choice < 0.95) this.#purge(store, note.id);
    else this.#editor = null;
  }

  #create(store: NotesStore, dice: Dice, poison: boolean): void {
    const { account, name } = this.#device;
    const marker = this.#journal.marker(letter(name), { account, note: '', device: name });
    const word = poison ? dice.pick(Object.keys(POISON)) : '';
    const { id } = store.create({ body: `${marker.text}${word}` });
    marker.note = id;
    marker.poisoned = poison;
    marker.acknowledged = true;
    if (poison) this.#journal.poisonedNotes.add(id);
  }

  #type(store: NotesStore, id: string, dice: Dice): void {
    const editor = this.#open(store, id, dice);
    const text = editor.doc.getText(NOTE_BODY);
    const { account, name } = this.#device;
    const marker = this.#journal.marker(letter(name), { account, note: id, device: name });
    const line = dice.chance(0.2) ? '\n' : '';
    text.insert(dice.pick(gapsIn(text.toString())), line + marker.text);
    editor.unsaved.push(marker);
    this.#save(store, editor);
  }

  #delete(store: NotesStore, id: string, dice: Dice): void {
    const editor = this.#open(store, id, dice);
    const text = editor.doc.getText(NOTE_BODY);
    const body = text.toString();
    const there = markersIn(body);
    if (there.length === 0) return;
    const first = dice.int(there.length);
    const gone = there.slice(first, first + 1 + dice.int(3));
    const from = body.indexOf(gone[0] as string);
    const last = gone.at(-1) as string;
    this.#journal.removing(gone, this.#device.name);
    text.delete(from, body.indexOf(last) + last.length - from);
    this.#save(store, editor);
  }

  #tag(store: NotesStore, id: string, tags: string[]): void {
    const tag = this.#journal.tag(this.#device.account, id);
    store.setTags(id, [...tags, tag]);
    const known = this.#journal.tags.get(tag);
    if (known) known.removed = false;
  }

  #purge(store: NotesStore, id: string): void {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, store.open(id).state);
    this.#journal.removingNote(id, doc.getText(NOTE_BODY).toString(), this.#device.name);
    store.purge(id);
  }

  #open(store: NotesStore, id: string, dice: Dice): OpenEditor {
    const { summary, state } = store.open(id);
    // The window opens a note anew that could only be read before.
    if (this.#editor?.note === id && this.#editor.readOnly === summary.readOnly) return this.#editor;
    const doc = new Y.Doc({ guid: 'note' });
    doc.clientID = 1 + dice.int(2 ** 32 - 1);
    Y.applyUpdate(doc, state);
    const editor = { note: id, doc, readOnly: summary.readOnly, unsaved: [] };
    if (dice.chance(0.6)) this.#editor = editor;
    return editor;
  }

  /** As the window does: after a save that failed, the next one sends all there is. */
  #save(store: NotesStore, editor: OpenEditor): void {
    store.save(editor.note, Y.encodeStateAsUpdate(editor.doc), 'window');
    for (const marker of editor.unsaved.splice(0)) marker.acknowledged = true;
  }
}

const letter = (name: string): string => name.slice(-1);
