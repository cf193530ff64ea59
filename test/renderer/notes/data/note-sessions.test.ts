import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { NoteSessions } from '../../../../src/renderer/notes/data/note-sessions.ts';
import { fail, type Outcome, succeed } from '../../../../src/shared/failure.ts';
import type { NoteSummary, OpenNote } from '../../../../src/shared/notes/note.ts';
import { aSummary } from './summaries.ts';

const opened = (body: string): OpenNote => {
  const doc = new Y.Doc();
  doc.getText('body').insert(0, body);
  return { summary: aSummary(), state: new Uint8Array(Y.encodeStateAsUpdate(doc)) };
};

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
};

describe('NoteSessions', () => {
  test('two editors of one note share one document, until both have left', async () => {
    const open = vi.fn(async () => succeed(opened('text')));
    const sessions = new NoteSessions({ open, save: async () => succeed(aSummary()), onSaved: () => undefined });
    const [first, second] = (await Promise.all([sessions.open('1'), sessions.open('1')])).map(value);
    expect(first).toBe(second);
    await sessions.close('1');
    expect(value(await sessions.open('1'))).toBe(first);
    await sessions.close('1');
    await sessions.close('1');
    expect(value(await sessions.open('1'))).not.toBe(first);
  });

  test('a note that is closed with a failed save keeps its edit and shows it when opened again', async () => {
    let full = true;
    const saved: Uint8Array[] = [];
    const save = async (_id: string, update: Uint8Array): Promise<Outcome<NoteSummary>> => {
      if (full) return fail('disk-full', 'The disk is full.');
      saved.push(update);
      return succeed(aSummary());
    };
    const sessions = new NoteSessions({ open: async () => succeed(opened('')), save, onSaved: () => undefined });
    const session = value(await sessions.open('1'));
    session.body.insert(0, 'precious');
    await sessions.close('1');
    expect(sessions.unsaved).toBe(true);
    expect(sessions.stuck).toBe(true);
    expect(value(await sessions.open('1')).body.toString()).toBe('precious');
    full = false;
    await sessions.close('1');
    expect(saved).toHaveLength(1);
    expect(sessions.unsaved).toBe(false);
    expect(sessions.stuck).toBe(false);
  });

  test('an update that arrives while the note is being opened is not lost', async () => {
    const note = opened('old');
    let answer: (outcome: Outcome<OpenNote>) => void = () => undefined;
    const open = () =>
      new Promise<Outcome<OpenNote>>((resolve) => {
        answer = resolve;
      });
    const sessions = new NoteSessions({ open, save: async () => succeed(aSummary()), onSaved: () => undefined });
    const opening = sessions.open('1');
    const elsewhere = new Y.Doc();
    Y.applyUpdate(elsewhere, note.state);
    elsewhere.getText('body').insert(3, ' and new');
    sessions.applyRemote('1', Y.encodeStateAsUpdate(elsewhere));
    answer(succeed(note));
    expect(value(await opening).body.toString()).toBe('old and new');
  });

  test('a note that could only be read is opened anew once it can be edited, also where it is still shown', async () => {
    const notes = [opened('as far as it can be read'), opened('the note itself')];
    const open = vi.fn(async () => succeed(notes[0] as OpenNote));
    const sessions = new NoteSessions({ open, save: async () => succeed(aSummary()), onSaved: () => undefined });
    (notes[0] as OpenNote).summary.readOnly = true;
    const shown = value(await sessions.open('1', true));
    expect(value(await sessions.open('1', true))).toBe(shown);
    await sessions.close('1');
    notes.shift();
    const again = value(await sessions.open('1'));
    expect(again.body.toString()).toBe('the note itself');
    await sessions.close('1');
    expect(value(await sessions.open('1'))).toBe(again);
    expect(shown.body.toString()).toBe('as far as it can be read');
  });

  test('a note that cannot be opened says why', async () => {
    const sessions = new NoteSessions({
      open: async () => fail('note-missing', 'This note is no longer there.'),
      save: async () => succeed(aSummary()),
      onSaved: () => undefined,
    });
    expect(await sessions.open('1')).toMatchObject({ ok: false, failure: { code: 'note-missing' } });
  });
});
