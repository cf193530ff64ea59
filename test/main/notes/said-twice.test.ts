import { expect, it } from 'vitest';
import type { NotesStore } from '../../../src/main/notes/notes-store.ts';
import { bodyOf, openStore, seededRandom, virtualClock, write } from './helpers.ts';
import { SmallServer } from './small-server.ts';

/**
 * Another client writes into a note, the server is backed up, `here` folds the text in and sends it, and the server is
 * restored: it has the text, and a document that knows nothing of it.
 */
function restoredOverFold(sinceBackup?: (body: string) => string) {
  const server = new SmallServer();
  const clock = virtualClock();
  const [here, there] = [1, 2].map((n) => openStore({ device: `device ${n}`, clock, random: seededRandom(n) })) as [
    NotesStore,
    NotesStore,
  ];
  const { id } = here.create({ body: 'milk\nbread' });
  server.settle(here, there);
  const foreignWrite = (change: (body: string) => string): void => {
    const now = server.text(id);
    server.put({ ...now, body: change(now.body ?? '') });
  };
  foreignWrite((body) => `eggs\n${body}`);
  const backup = server.text(id);
  if (sinceBackup) foreignWrite(sinceBackup);
  server.pull(here);
  server.push(here);
  server.documents.set(id, backup);
  return { server, here, there, id, foreignWrite };
}

it('says a text once that was folded in before the server was restored, and again with the next foreign write', () => {
  const { server, here, there, id, foreignWrite } = restoredOverFold();
  write(here, id, '\nsalt');
  foreignWrite((body) => `${body}\nrice`);
  server.settle(here, there, here);
  expect(bodyOf(here, id).split('\n').sort()).toEqual(['bread', 'eggs', 'milk', 'rice', 'salt']);
  expect(bodyOf(there, id)).toBe(bodyOf(here, id));
  expect(server.text(id).body).toBe(bodyOf(here, id));
});

it('says it once where a device folded it anew that never had the lost fold', () => {
  const { server, here, there, id, foreignWrite } = restoredOverFold();
  write(here, id, '\nsalt');
  foreignWrite((body) => `${body}\nrice`);
  server.settle(there, here, there);
  expect(bodyOf(here, id).split('\n').sort()).toEqual(['bread', 'eggs', 'milk', 'rice', 'salt']);
  expect(bodyOf(there, id)).toBe(bodyOf(here, id));
});

it('keeps what only the lost fold has', () => {
  const { server, here, there, id, foreignWrite } = restoredOverFold((body) => `${body}\nflour`);
  foreignWrite((body) => `oats\n${body}`);
  server.settle(here, there, here);
  expect(bodyOf(here, id)).toContain('flour');
  expect(bodyOf(there, id)).toBe(bodyOf(here, id));
});

it('keeps letters of the lost fold that are in the new one by chance', () => {
  const { server, here, there, id, foreignWrite } = restoredOverFold((body) => body.replace('bread', 'breads'));
  foreignWrite((body) => `oats\n${body}`);
  server.settle(here, there, here);
  expect(bodyOf(here, id)).toContain('breads');
  expect(bodyOf(here, id).split('eggs')).toHaveLength(2);
  expect(bodyOf(there, id)).toBe(bodyOf(here, id));
});

it('says it once where somebody has typed into the lost fold', () => {
  for (const [from, to] of [
    ['eggs', 'eggs and ham'],
    ['eggs', 'six eggs'],
    ['eggs\n', 'eggs\nham\n'],
  ] as const) {
    const { server, here, there, id, foreignWrite } = restoredOverFold();
    here.restoreBody(id, bodyOf(here, id).replace(from, to));
    foreignWrite((body) => `${body}\nrice`);
    server.settle(here, there, here);
    expect(bodyOf(here, id).split('eggs')).toHaveLength(2);
    expect(bodyOf(here, id)).toContain(to.replace('eggs', '').trim());
    expect(bodyOf(there, id)).toBe(bodyOf(here, id));
  }
});
