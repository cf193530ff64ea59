/** A fault put into the engine or the store on purpose. The simulation must find each, or it proves nothing. */
export interface Mutation {
  name: string;
  file: string;
  /** Stands in the file exactly once; the run fails when it no longer does. */
  find: string;
  replace: string;
}

export const mutations: Mutation[] = [
  {
    name: 'push without compare and set',
    file: 'src/main/fauna/queries.ts',
    find: "q.Equals(q.Select(['ts'], q.Var('current')), q.Select(['baseTs'], write))",
    replace: 'true',
  },
  {
    name: 'acknowledge before the server has answered',
    file: 'src/main/sync/push.ts',
    find: 'const answers = await session.request((secret) => gateway.push(secret, batch));',
    replace:
      'notes.sync.acknowledge(batch.map((sent) => ({ sent, ts: (sent.baseTs ?? 1) + 1 })));\n  const answers = await session.request((secret) => gateway.push(secret, batch));',
  },
  {
    name: 'advance the cursor before the page is merged',
    file: 'src/main/sync/pull.ts',
    find: 'await session.apply(page.notes, writeCursor(page.next));',
    replace: 'await session.apply([], writeCursor(page.next)); await session.apply(page.notes);',
  },
  {
    name: 'put the cursor behind what has not been read',
    file: 'src/main/sync/fauna-gateway.ts',
    find: 'Math.max(from.ts, newest + 1)',
    replace: 'Math.max(from.ts, newest + 5_000_000)',
  },
  {
    name: 'skip the merge of what a push found',
    file: 'src/main/sync/push.ts',
    find: 'const outcomes = await session.apply(found.map(({ note }) => note));',
    replace:
      "const outcomes = new Map(found.map(({ sent }) => [sent.id, 'merged' as const]));\n  notes.sync.acknowledge(found.map(({ sent, note }) => ({ sent, ts: note.ts })));",
  },
  {
    name: 'acknowledge edits made after the sending',
    file: 'src/main/notes/remote/acknowledge.ts',
    find: 'if (row.revision === sent.revision) unqueue(file, row.nr);',
    replace: 'unqueue(file, row.nr); if (row.revision === sent.revision) return;',
  },
  {
    name: 'forget the outbox row of a save',
    file: 'src/main/notes/rows/outbox-rows.ts',
    find: 'if (Number(changes) > 0) return;',
    replace: 'if (Number(changes) > 0 || revision % 7 === 0) return;',
  },
  {
    name: 'keep the edit in memory when the transaction fails',
    file: 'src/main/notes/notes-store.ts',
    find: 'this.#context.documents.drop(row.nr);\n      throw updateInWords(error);',
    replace: 'throw updateInWords(error);',
  },
  {
    name: 'let a remote purge beat a local edit',
    file: 'src/main/notes/remote/merge.ts',
    find: 'if (row && findQueued(file, row.nr)) {\n    rebase(file, row.nr, indexedBody(file, row.nr), false);',
    replace:
      'if (row && findQueued(file, row.nr) && row.nr < 0) {\n    rebase(file, row.nr, indexedBody(file, row.nr), false);',
  },
  {
    name: 'let a waiting purge beat an edit it has not seen',
    file: 'src/main/notes/remote/merge.ts',
    find: 'if (!Y.snapshotContainsUpdate(purged, encodeDocument(incoming.doc))) {',
    replace: 'if (row.nr < 0) {',
  },
  {
    name: 'one refused note blocks its batch',
    file: 'src/main/sync/push.ts',
    find: "!['refused', 'too-large', 'rejected'].includes(error.problem)",
    replace: 'true',
  },
  {
    name: 'end the loop at the first failure',
    file: 'src/main/sync/engine.ts',
    find: "await waker.wait(failed(error), 'urgent');",
    replace: 'failed(error);\n        return;',
  },
  {
    name: 'merge a foreign write before the server has it',
    file: 'src/main/notes/remote/merge.ts',
    find: 'if (incoming.folded) {',
    replace: 'if (incoming.folded && remote.ts < 0) {',
  },
  {
    name: 'lose what a merge takes away',
    file: 'src/main/notes/remote/absorb.ts',
    find: "if (removed > 0 || conflict) keepVersion(file, row.nr, conflict ? 'conflict' : 'remote', mine, clock.now());",
    replace: '',
  },
  {
    name: 'do not look for what was deleted outright',
    file: 'src/main/sync/audit.ts',
    find: 'if (!live || there.has(id) || ts >= at) continue;',
    replace: 'if (ts > 0) continue;',
  },
  {
    name: 'name own writes before they are acknowledged',
    file: 'src/main/sync/push.ts',
    find: 'if (written.length > 0) notes.sync.acknowledge(written);\n  for (const { ts } of written) session.own.add(ts);',
    replace:
      'for (const { ts } of written) session.own.add(ts);\n  for (const answer of answers) if (answer.kind === "found") session.own.add(answer.note.ts);\n  if (written.length > 0 && batch.length < 2) notes.sync.acknowledge(written);',
  },
];
