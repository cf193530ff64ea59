import { copyFileSync, existsSync, rmSync } from 'node:fs';
import faunadb from 'faunadb';
import { createEngine, type Engine } from '../../src/embedded/fauna/engine/engine.ts';
import type { Credential } from '../../src/embedded/fauna/engine/protocol.ts';
import { Store } from '../../src/embedded/fauna/store/store.ts';
import type { Dice } from './dice.ts';
import { parseFauna } from './parse-fauna.ts';
import { changeRole, type RoleName } from './roles.ts';
import { ISSUER, ROOT, type Template } from './template.ts';
import type { World } from './world.ts';

const q = faunadb.query;
/** How long putting a backup back takes. */
const RESTORE_MS = 20_000;

export interface Answer {
  status: number;
  /** JSON text */
  body: string;
  /** µs */
  time: number;
}

export interface ServerDocument {
  id: string;
  ts: number;
  title: string | null;
  body: string | null;
  /** Null: of a type that Burrow takes for nothing. */
  tags: string[] | null;
  pinned: boolean | null;
  trashedAt: number | null;
  purged: boolean;
  format: number;
  state: Uint8Array | null;
}

interface RawDocument {
  ref: { id: string };
  ts: number;
  data: Partial<Omit<ServerDocument, 'state'>> & { purgedAt?: number; state?: { value: Uint8Array } };
}

/** The real evaluator with the real schema and role; only the way to it and the time are the simulation's. */
export class Server {
  #engine!: Engine;
  #store!: Store;
  readonly #parts: { world: World; dice: Dice; template: Template; file: string };
  readonly #listeners = new Map<string, Set<(ts: number) => void>>();
  #downUntil = 0;
  role: RoleName = 'right';

  constructor(parts: { world: World; dice: Dice; template: Template; file: string }) {
    this.#parts = parts;
    copyFileSync(parts.template.file, parts.file);
    this.#open();
  }

  #open(): void {
    const { world, dice, file } = this.#parts;
    const clock = { now: () => BigInt(Math.round(world.now * 1000)) };
    this.#store = new Store(file, clock);
    this.#engine = createEngine({ store: this.#store, clock, rootKey: ROOT, randomBytes: (n) => dice.bytes(n) });
  }

  get down(): boolean {
    return this.#parts.world.now < this.#downUntil;
  }

  backUp(): void {
    this.#copy('', '.backup');
  }

  /** Puts the last backup back, which takes a while. Open streams are the caller's to end. */
  restore(): void {
    const { file, world } = this.#parts;
    this.#store.close();
    rmSync(`${file}-shm`, { force: true });
    this.#copy('.backup', '');
    this.#downUntil = world.now + RESTORE_MS;
    this.#open();
    this.setRole(this.role);
  }

  /** The file and its log, which belong together; nothing writes meanwhile. */
  #copy(from: string, to: string): void {
    const { file } = this.#parts;
    for (const part of ['', '-wal']) {
      rmSync(`${file}${to}${part}`, { force: true });
      if (existsSync(`${file}${from}${part}`)) copyFileSync(`${file}${from}${part}`, `${file}${to}${part}`);
    }
  }

  setRole(role: RoleName): void {
    this.role = role;
    this.admin(changeRole(role));
  }

  /** As the token of this user. */
  execute(sub: string, query: string): Answer {
    const payload = JSON.stringify({ iss: ISSUER, sub });
    const { globalId } = this.#parts.template;
    const answer = this.#run({ type: 'jwt', globalId, issuer: ISSUER, payload }, query);
    if (answer.status < 300 && /"(create|update|replace)"/.test(query)) this.tellAll(sub, answer.time);
    return answer;
  }

  /** As another FQL client with all rights. Throws what Fauna refuses. */
  admin<T>(expression: faunadb.ExprArg): T {
    const text = JSON.stringify(q.Let({}, expression));
    const answer = this.#run({ type: 'secret', secret: `${ROOT}:burrow:admin` }, text);
    if (answer.status >= 300) throw new Error(answer.body);
    return parseFauna(answer.body) as T;
  }

  documents(sub: string): Map<string, ServerDocument> {
    const page = this.admin<{ data: RawDocument[] }>(
      q.Map(
        q.Paginate(q.Match(q.Index('notes_by_owner_changed'), sub), { size: 10_000 }),
        q.Lambda(['ts', 'ref'], q.Get(q.Var('ref'))),
      ),
    );
    return new Map(page.data.map((raw) => [raw.ref.id, readable(raw)]));
  }

  /** The formats that a note was written in, one after the other, since it was last made or made again. */
  formats(id: string): number[] {
    const events = this.admin<{
      data: { action: string; data: { format?: number; purgedAt?: number | null } | null }[];
    }>(q.Paginate(q.Events(q.Ref(q.Collection('notes'), id)), { size: 1_000 }));
    const made = events.data.findLastIndex(({ action, data }) => action === 'create' || data?.purgedAt === null);
    return events.data.slice(Math.max(0, made)).flatMap(({ data }) => data?.format ?? []);
  }

  /** Told of every write of this user, with its time. */
  listen(sub: string, listener: (ts: number) => void): () => void {
    const all = this.#listeners.get(sub) ?? new Set();
    this.#listeners.set(sub, all.add(listener));
    return () => void all.delete(listener);
  }

  tellAll(sub: string, ts: number): void {
    for (const listener of this.#listeners.get(sub) ?? []) listener(ts);
  }

  close(): void {
    this.#store.close();
  }

  #run(credential: Credential, query: string): Answer {
    const { status, body, transactionTime } = this.#engine.execute({
      credential,
      query,
      readOnly: false,
      timeoutMs: 60_000,
    });
    const text = typeof body === 'string' ? body : Buffer.from(body).toString();
    return { status, body: text, time: Number(transactionTime) };
  }
}

const readable = ({ ref, ts, data }: RawDocument): ServerDocument => ({
  id: ref.id,
  ts,
  title: data.title ?? null,
  body: data.body ?? null,
  tags: data.tags === undefined ? [] : Array.isArray(data.tags) ? data.tags : null,
  pinned: data.pinned === undefined ? false : typeof data.pinned === 'boolean' ? data.pinned : null,
  trashedAt: data.trashedAt ?? null,
  purged: data.purgedAt !== undefined,
  format: data.format ?? 1,
  state: data.state?.value ?? null,
});
