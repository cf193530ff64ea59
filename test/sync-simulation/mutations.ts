import type { SourceChange } from './source-change.ts';

/** A fault put into the engine or the store on purpose. The simulation must find each, or it proves nothing. */
export interface Mutation extends SourceChange {
  name: string;
  /** What else it takes. */
  also?: SourceChange[];
}

const push: Mutation[] = [
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
    name: 'acknowledge edits made after the sending',
    file: 'src/main/notes/remote/acknowledge.ts',
    find: 'if (row.revision === sent.revision) unqueue(file, row.nr);',
    replace: 'unqueue(file, row.nr); if (row.revision === sent.revision) return;',
  },
  {
    name: 'skip the merge of what a push found',
    file: 'src/main/sync/push.ts',
    find: 'const outcomes = await session.apply(news.map(({ note }) => note));',
    replace:
      "const outcomes = new Map(news.map(({ sent }) => [sent.id, 'merged' as const]));\n  notes.sync.acknowledge(news.map(({ sent, note }) => ({ sent, ts: note.ts })));",
  },
  {
    name: 'name own writes before they are acknowledged',
    file: 'src/main/sync/push.ts',
    find: 'if (written.length > 0) notes.sync.acknowledge(written);\n  for (const { ts } of written) session.own.add(ts);',
    replace:
      'for (const { ts } of written) session.own.add(ts);\n  for (const answer of answers) if (answer.kind === "found") session.own.add(answer.note.ts);\n  if (written.length > 0 && batch.length < 2) notes.sync.acknowledge(written);',
  },
  {
    name: 'one refused note blocks its batch',
    file: 'src/main/sync/push.ts',
    find: "!['refused', 'too-large', 'rejected'].includes(error.problem)",
    replace: 'true',
  },
  {
    name: 'never try a set-aside note again',
    file: 'src/main/sync/engine.ts',
    find: 'if (notes.sync.setAsideNotes().length > 0) notes.sync.retry();',
    replace: '',
  },
  {
    name: 'name only set-aside notes as unsynced',
    file: 'src/main/notes/sync-ledger.ts',
    find: 'WHERE n.purged_at IS NULL ORDER BY o.queued_at',
    replace: 'WHERE n.purged_at IS NULL AND o.failure IS NOT NULL ORDER BY o.queued_at',
  },
  {
    name: 'end the loop at the first failure',
    file: 'src/main/sync/engine.ts',
    find: "await waker.wait(failed(error), 'urgent');",
    replace: 'failed(error);\n        return;',
  },
];

const pull: Mutation[] = [
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
    name: 'read on from the next moment in the middle of a transaction',
    file: 'src/main/sync/fauna-gateway.ts',
    find: 'const next = after ?? {',
    replace: 'const next = after ? { ts: after.ts + 1 } : {',
  },
  {
    name: 'pull after a first sync from a moment that it has not read up to',
    file: 'src/main/sync/first-sync.ts',
    find: 'writeCursor({ ts: top + 1 })',
    replace: 'writeCursor({ ts: top + 60_000_000 })',
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
    name: 'lose what a merge takes away',
    file: 'src/main/notes/remote/absorb.ts',
    find: "if (removed > 0 || conflict) keepVersion(file, row.nr, conflict ? 'conflict' : 'remote', mine, clock.now());",
    replace: '',
  },
  {
    name: 'lose what was here of a note that comes back',
    file: 'src/main/notes/remote/adopt.ts',
    find: 'const hidden = row.purged_at !== null && hasDocument(file, row.nr);',
    replace: 'const hidden = false;',
  },
  {
    name: 'leave the text of a purged note on the server',
    file: 'src/main/fauna/queries.ts',
    find: "q.If(q.Select(['whole'], write), q.Replace(ref, params), q.Update(ref, params))",
    replace: 'q.Update(ref, params)',
  },
];

const others: Mutation[] = [
  {
    name: 'merge a foreign write before the server has it',
    file: 'src/main/notes/remote/merge.ts',
    find: 'if (incoming.folded) {',
    replace: 'if (incoming.folded && remote.ts < 0) {',
  },
  {
    name: 'make a document anew of a text that another client left without one',
    file: 'src/main/notes/remote/merge.ts',
    find: "if (incoming.textOnly && !remote.earlier) return 'text-only';",
    replace: '',
  },
  {
    name: 'say twice what was folded in before Fauna was restored',
    file: 'src/main/notes/remote/said-twice.ts',
    find: 'if (lost.length === 0 || anew.length === 0) return;',
    replace: 'return;',
  },
  {
    name: 'do not look for what was deleted outright',
    file: 'src/main/sync/audit.ts',
    find: 'else if (live) deleted.push(',
    replace: 'else if (ts < 0) deleted.push(',
  },
  {
    name: 'take what a restored Fauna has lost for deleted',
    file: 'src/main/sync/audit.ts',
    find: 'if (deletedAt <= ts) lost.push(id);',
    replace: "if (deletedAt <= ts) deleted.push({ kind: 'purged', id, ts: ts + 1, outright: true });",
  },
  {
    name: 'leave a restored Fauna with the older state of a note',
    file: 'src/main/sync/audit.ts',
    find: "one.kind !== 'malformed' && one.ts < taken(one) ? [one] : []",
    replace: '[]',
  },
  {
    name: 'take what the role hides for deleted',
    file: 'src/main/sync/audit.ts',
    find: 'if (deletedAt === null) continue;',
    replace: "if (deletedAt === null) { deleted.push({ kind: 'purged', id, ts: ts + 1, outright: true }); continue; }",
  },
  {
    name: 'do not fetch what was passed over',
    file: 'src/main/sync/audit.ts',
    find: 'const fetched = await fetch(differing, known);',
    replace: 'const fetched = await fetch([], known);',
  },
  {
    name: 'let a purge beat an edit that a restored Fauna has lost',
    file: 'src/main/notes/remote/merge.ts',
    find: 'over < (row.base_ts ?? 0)',
    replace: 'over < 0',
  },
  {
    name: 'make a deleted note again for what another client had written',
    file: 'src/main/sync/fauna-gateway.ts',
    find: 'make: sent.edited',
    replace: 'make: true',
  },
  {
    name: 'write into a note of a newer format',
    file: 'src/main/notes/remote/merge.ts',
    find: 'if (remote.format > NOTE_FORMAT) return park(',
    replace: 'if (remote.format > NOTE_FORMAT + 9) return park(',
  },
  {
    name: 'drop the edits that wait when a newer format arrives',
    file: 'src/main/notes/remote/merge.ts',
    find: 'if (findQueued(file, note.nr) && note.purged_at === null) {',
    replace: 'if (note.nr < 0) {',
  },
  {
    name: 'keep nothing of a note of a newer format',
    file: 'src/main/notes/remote/merge.ts',
    find: 'keepParked(file, note.nr, remote);',
    replace: '',
  },
  {
    name: 'do not take up the notes of a newer format once it is understood',
    file: 'src/main/notes/open-notes.ts',
    find: 'if (last === NOTE_FORMAT) return;',
    replace: 'if (last > 0) return;',
  },
];

const disk: Mutation[] = [
  {
    name: 'say that an edit is saved before it is committed',
    file: 'src/main/notes/file/store-file.ts',
    find: "this.db.exec('BEGIN IMMEDIATE');\n      result = work();\n      this.#options.probe?.('before commit');\n      this.db.exec('COMMIT');",
    replace:
      "if (this.db.isTransaction) this.db.exec('COMMIT');\n      this.db.exec('BEGIN IMMEDIATE');\n      result = work();\n      this.#options.probe?.('before commit');",
    also: [
      {
        file: 'src/main/notes/file/store-file.ts',
        find: "this.db.exec('PRAGMA synchronous = NORMAL;",
        replace: "if (this.db.isTransaction) this.db.exec('COMMIT');\n    this.db.exec('PRAGMA synchronous = NORMAL;",
      },
      {
        file: 'src/main/notes/file/store-file.ts',
        find: "if (this.db.isOpen) this.db.exec('PRAGMA synchronous = FULL;",
        replace:
          "if (this.db.isOpen && this.db.isTransaction) this.db.exec('COMMIT');\n      if (this.db.isOpen) this.db.exec('PRAGMA synchronous = FULL;",
      },
    ],
  },
  {
    name: 'say that an edit is saved when the disk was full',
    file: 'src/main/notes/notes-store.ts',
    find: 'this.#context.documents.drop(row.nr);\n      throw updateInWords(error);',
    replace: 'this.#context.documents.drop(row.nr);\n      return this.#summary(row.id);',
  },
  {
    name: 'keep the edit in memory when the transaction fails',
    file: 'src/main/notes/notes-store.ts',
    find: 'this.#context.documents.drop(row.nr);\n      throw updateInWords(error);',
    replace: 'throw updateInWords(error);',
  },
  {
    name: 'forget the outbox row of a save',
    file: 'src/main/notes/rows/outbox-rows.ts',
    find: 'if (Number(changes) > 0) return;',
    replace: 'if (Number(changes) > 0 || revision % 7 === 0) return;',
  },
  {
    name: 'compact a document to what it was',
    file: 'src/main/notes/rows/document-rows.ts',
    find: 'ON CONFLICT (nr) DO UPDATE SET state = excluded.state',
    replace: 'ON CONFLICT (nr) DO NOTHING',
  },
  {
    name: 'do not tell the search of a new text',
    file: 'src/main/notes/rows/search-rows.ts',
    find: '.run(nr, body);\n  }\n  file',
    replace: '.run(nr, body);\n  } else file',
  },
];

export const mutations: Mutation[] = [...push, ...pull, ...others, ...disk];
