import * as Y from 'yjs';
import { NOTE_BODY } from '../../../shared/notes/note.ts';

/** No client id is drawn at random from here on (those have 32 bits): these are of folds of what another client wrote. */
export const FIRST_FOLDER = 2 ** 32;

/** The folds that a document holds. */
export function foldersIn(doc: Y.Doc): number[] {
  return [...doc.store.clients.keys()].filter((client) => client >= FIRST_FOLDER);
}

/**
 * Takes out of a document, now that it is merged with `arrived`, what it says twice. Folds are merged only once the
 * server has them, so one of `before` that is not in what arrives was lost there: the server was restored from a
 * backup. The text that another client had written may have been in it all the same, with a document that knew nothing
 * of it; with the next write it is folded anew, beside the fold that is here. The lost one gives way where the new one
 * has its text next to it: folded into the same place, both stand side by side, with nothing between them but what the
 * server has not, such as what was typed into the lost one. What only the lost one has stays, also where its few letters
 * are in the new one by chance. Every device decides the same and takes nothing but lost folds away, so that what one
 * leaves no other takes.
 */
export function dropSaidTwice(doc: Y.Doc, before: readonly number[], arrived: Uint8Array): void {
  if (before.length === 0) return;
  const there = Y.parseUpdateMeta(arrived).to;
  const lost = before.filter((client) => !there.has(client));
  const anew = foldersIn(doc).filter((client) => !before.includes(client));
  if (lost.length === 0 || anew.length === 0) return;
  const twice = stretchesOf(doc, (client, clock) => !anew.includes(client) && clock < (there.get(client) ?? 0)).flatMap(
    (stretch) => {
      const said = stretch.filter(({ client }) => anew.includes(client));
      return stretch.filter(({ client, text }) => lost.includes(client) && said.some((one) => one.text.includes(text)));
    },
  );
  const body = doc.getText(NOTE_BODY);
  doc.transact(() => {
    for (const { at, text } of twice.toReversed()) body.delete(at, text.length);
  });
}

interface Part {
  at: number;
  text: string;
  client: number;
}

/** What stands together without any text that `ends` a stretch, in the parts that one client each has written. */
function stretchesOf(doc: Y.Doc, ends: (client: number, clock: number) => boolean): Part[][] {
  // Yjs joins what has the `user` of the piece before, so this has none: each piece comes with its own clock.
  const delta = doc.getText(NOTE_BODY).toDelta(undefined, Y.emptySnapshot, (_, id) => ({ id })) as {
    insert: unknown;
    attributes?: { ychange?: { id: Y.ID } };
  }[];
  const stretches: Part[][] = [[]];
  let at = 0;
  for (const { insert, attributes } of delta) {
    const text = typeof insert === 'string' ? insert : ' ';
    const { client, clock } = attributes?.ychange?.id ?? { client: 0, clock: 0 };
    const stretch = stretches.at(-1) as Part[];
    const last = stretch.at(-1);
    if (ends(client, clock)) stretches.push([]);
    else if (last?.client === client) last.text += text;
    else stretch.push({ at, text, client });
    at += text.length;
  }
  return stretches;
}
