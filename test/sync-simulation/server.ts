import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import faunadb from 'faunadb';
import { createEngine, type Engine } from '../../src/embedded/fauna/engine/engine.ts';
import type { Credential } from '../../src/embedded/fauna/engine/protocol.ts';
import { openFauna } from '../../src/embedded/fauna/index.ts';
import { AUDIENCE_PREFIX, decodeGlobalId } from '../../src/embedded/fauna/security/global-id.ts';
import { Store } from '../../src/embedded/fauna/store/store.ts';
import { setUpFauna } from '../../src/main/fauna/schema/set-up.ts';
import type { Dice } from './dice.ts';
import type { World } from './world.ts';

const ROOT = 'root-secret-of-the-simulation';
const ISSUER = 'https://clerk.simulation';
const q = faunadb.query;

/** A database that set-up has made once; each seed begins with a copy. */
export interface Template {
  file: string;
  globalId: bigint;
}

export const makeTemplate = async (folder: string): Promise<Template> => {
  const file = join(folder, 'template.db');
  const fauna = openFauna({ file, rootKey: ROOT, clock: { now: () => 1_700_000_000_000_000n } });
  const { audience } = await setUpFauna({
    endpoint: 'http://fauna.simulation',
    adminKey: ROOT,
    fetch: (url, { signal: _, ...init } = {}) => fauna.handle(new Request(url, init)),
    issuer: ISSUER,
    jwksUri: `${ISSUER}/jwks`,
  });
  await fauna.close();
  const globalId = decodeGlobalId(audience.slice(AUDIENCE_PREFIX.length));
  if (globalId === undefined) throw new Error(`not an audience: ${audience}`);
  return { file, globalId };
};

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
  body: string | null;
  tags: string[];
  trashedAt: number | null;
  purged: boolean;
}

interface RawDocument {
  ref: { id: string };
  ts: number;
  data: { body?: string; tags?: string[]; trashedAt?: number; purgedAt?: number };
}

/** The real evaluator with the real schema and role; only the way to it and the time are the simulation's. */
export class Server {
  readonly #engine: Engine;
  readonly #store: Store;
  readonly #globalId: bigint;
  readonly #listeners = new Map<string, Set<(ts: number) => void>>();

  constructor(world: World, dice: Dice, template: Template, file: string) {
    copyFileSync(template.file, file);
    const clock = { now: () => BigInt(Math.round(world.now * 1000)) };
    this.#globalId = template.globalId;
    this.#store = new Store(file, clock);
    this.#engine = createEngine({ store: this.#store, clock, rootKey: ROOT, randomBytes: (n) => dice.bytes(n) });
  }

  /** As the token of this user. */
  execute(sub: string, query: string): Answer {
    const payload = JSON.stringify({ iss: ISSUER, sub });
    const answer = this.#run({ type: 'jwt', globalId: this.#globalId, issuer: ISSUER, payload }, query);
    if (answer.status < 300 && /"(create|update|replace)"/.test(query)) {
      for (const listener of this.#listeners.get(sub) ?? []) listener(answer.time);
    }
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
    return new Map(
      page.data.map(({ ref, ts, data }) => [
        ref.id,
        {
          id: ref.id,
          ts,
          body: data.body ?? null,
          tags: data.tags ?? [],
          trashedAt: data.trashedAt ?? null,
          purged: data.purgedAt !== undefined,
        },
      ]),
    );
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
    return { status, body, time: Number(transactionTime) };
  }
}

const { Bytes, Ref, SetRef, FaunaTime } = faunadb.values;

/** What the driver makes of an answer; its own function for it is not among its exports. */
export const parseFauna = (text: string): unknown => {
  const { resource } = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('@ref' in value) {
      const ref = value['@ref'] as { id: string; collection?: faunadb.values.Ref };
      return new Ref(ref.id, ref.collection as faunadb.values.Ref);
    }
    if ('@bytes' in value) return new Bytes(value['@bytes'] as string);
    if ('@ts' in value) return new FaunaTime(value['@ts'] as string);
    if ('@set' in value) return new SetRef(JSON.stringify(value['@set']));
    return '@obj' in value ? value['@obj'] : value;
  }) as { resource: unknown };
  return resource;
};
