import { join } from 'node:path';
import type { NotesStore } from '../../src/main/notes/notes-store.ts';
import type { SyncEngine } from '../../src/main/sync/engine.ts';
import { FailureError } from '../../src/shared/failure.ts';
import type { Build } from './builds.ts';
import type { Dice } from './dice.ts';
import { CrashError, Disk } from './disk.ts';
import type { Misfortune } from './faults.ts';
import { Network } from './network.ts';
import type { Server } from './server.ts';
import { createTokens } from './tokens.ts';
import type { World } from './world.ts';

interface DeviceParts {
  world: World;
  server: Server;
  dice: Dice;
  misfortune: Misfortune;
  folder: string;
  /** The Burrow that it has, and the newer one that it may get. */
  builds: { old: Build; newer: Build };
}

interface Running {
  account: string;
  store: NotesStore;
  engine: SyncEngine;
  disk: Disk;
}

/** One computer: real files, the real store and engine, and a process that can end at any step. */
export class Device {
  readonly name: string;
  readonly network: Network;
  account: string;
  signedIn = true;
  /** ms that its clock is wrong by. */
  clockOff = 0;
  /** It has the newer Burrow from its next start on. */
  upgraded = false;
  /** Called with each store that opens, so that open editors can follow it. */
  opened: (store: NotesStore) => void = () => {};
  readonly #parts: DeviceParts;
  #running: Running | null = null;
  #calm = false;
  #incarnation = 0;

  constructor(name: string, account: string, parts: DeviceParts) {
    this.name = name;
    this.account = account;
    this.#parts = parts;
    this.network = new Network({ ...parts, dice: parts.dice.fork('network') });
  }

  /** Of the account that it has now. */
  get file(): string {
    return join(this.#parts.folder, `${this.name}-${this.account}.db`);
  }

  /** The open notes; null while the process is down. */
  get store(): NotesStore | null {
    return this.#running && !this.#running.disk.dead ? this.#running.store : null;
  }

  get engine(): SyncEngine | null {
    return this.store && (this.#running as Running).engine;
  }

  start(): void {
    if (this.#running) return;
    const { world, dice, misfortune, builds } = this.#parts;
    const { openNotes, createSyncEngine, createFaunaGateway } = this.upgraded ? builds.newer : builds.old;
    const own = dice.fork(`start ${this.#incarnation++}`);
    const clock = { now: () => Math.round(world.now + this.clockOff) };
    const random = { bytes: (length: number) => own.bytes(length) };
    const disk = new Disk({ dice: own.fork('disk'), misfortune, died: () => this.#running?.engine.stop() });
    disk.calm = true;
    const store = openNotes({
      file: this.file,
      account: this.account,
      device: this.name,
      clock,
      random,
      probe: disk.probe,
    });
    const token = createTokens({
      world,
      dice: own.fork('tokens'),
      network: this.network,
      sub: this.account,
      now: clock.now,
      signedIn: () => this.signedIn,
    });
    const engine = createSyncEngine({
      notes: store,
      gateway: createFaunaGateway(this.network.transport()),
      token,
      clock,
      timers: { after: (ms, call) => world.after(ms, call) },
      random,
    });
    this.#running = { account: this.account, store, engine, disk };
    this.opened(store);
    disk.calm = this.#calm;
    // Whatever the disk does, the notes can be opened and the engine begins.
    engine.start();
  }

  /** Ends the process: `quit` says goodbye, a crash does not; what is on disk is the same. */
  async end(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    running.engine.stop();
    running.disk.dead = true;
    await running.store.close();
  }

  get crashed(): boolean {
    return this.#running?.disk.dead ?? false;
  }

  /** From here on nothing goes wrong any more. */
  calm(): void {
    this.#calm = true;
    this.network.calm = true;
    this.network.up = true;
    this.clockOff = 0;
    this.signedIn = true;
    if (this.#running) this.#running.disk.calm = true;
  }
}

/** A crash, or a failure that the store tells in words: both are told, neither is a bug. */
export const isTrouble = (error: unknown): boolean => error instanceof CrashError || error instanceof FailureError;
