/** The threads that do one kind of work, and the jobs that wait for them. */
import { INTERNAL, type Refusal, TIMED_OUT, TOO_LARGE, UNKNOWN_OUTCOME } from '../refusals.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { type Ending, type Job, Thread, type ThreadEvents, type ThreadOptions } from './thread.ts';

export interface LaneOptions {
  readonly thread: ThreadOptions;
  /** How many threads there may be when those there are are held up by long queries. */
  readonly most: number;
  /** Whether jobs behind a long one may be begun elsewhere: only if doing one twice is no harm. */
  readonly repeatable: boolean;
  /** What a new thread is told first. */
  greeting(): readonly ToWorker[];
  announced(message: FromWorker): void;
}

const LOOK_EVERY = 50;
/** A thread that has been in one job for so long is held up (ms). */
const HELD_UP = 100;
/** How long after its deadline a query may still end itself (ms). */
const GRACE = 500;
const MOST_AT_ONCE = 64;
const MOST_ATTEMPTS = 3;
/** A thread beyond the first goes when nothing has happened for so long (ms). */
const IDLE = 30_000;

export class Lane implements ThreadEvents {
  readonly #options: LaneOptions;
  readonly #threads: Thread[] = [];
  readonly #heldUp = new Set<Thread>();
  #queue: Job[] = [];
  #timer: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #closed = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#start();
  }

  submit(job: Job): void {
    this.#queue.push(job);
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY);
    // What comes in one turn of the event loop goes in one message: messages cost more than most queries.
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      this.#pump();
    });
  }

  tell(message: ToWorker): void {
    for (const thread of this.#threads) thread.send(message);
  }

  /** What was submitted is still done. */
  async close(): Promise<void> {
    while (this.#queue.length > 0 || this.#threads.some((thread) => thread.busy)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#idle);
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  answered(): void {
    this.#pump();
  }

  announced(message: FromWorker): void {
    this.#options.announced(message);
  }

  ended(thread: Thread, how: Ending, left: readonly Job[], culprit: Job | undefined, committing: boolean): void {
    this.#threads.splice(this.#threads.indexOf(thread), 1);
    this.#heldUp.delete(thread);
    const again: Job[] = [];
    for (const job of left) {
      // Who only waited behind the culprit can wait again, however often.
      if (culprit === undefined || job === culprit) job.attempts += 1;
      const refusal = refusalFor(how, job === culprit, committing, job.attempts);
      if (refusal) job.settle({ type: 'refused', refusal });
      else again.push(job);
    }
    this.#queue = [...again, ...this.#queue];
    if (how !== 'not opened') this.#pump();
    else this.#refuseAll(INTERNAL);
  }

  #start(): Thread {
    const thread = new Thread(this.#options.thread, this);
    for (const message of this.#options.greeting()) thread.send(message);
    this.#threads.push(thread);
    return thread;
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const free = this.#threads.filter((thread) => thread.room > 0 && !this.#heldUp.has(thread));
      const next = free.reduce<Thread | undefined>(
        (best, one) => (best && best.room >= one.room ? best : one),
        undefined,
      );
      const thread = next ?? (this.#threads.length === 0 && !this.#closed ? this.#start() : undefined);
      if (!thread) return;
      const share = Math.min(MOST_AT_ONCE, Math.ceil(this.#queue.length / Math.max(1, free.length)));
      thread.give(this.#queue.splice(0, share));
    }
  }

  #look(): void {
    const now = performance.now();
    for (const thread of [...this.#threads]) this.#lookAt(thread, now);
    const late = this.#queue.filter((job) => job.deadline < now);
    if (late.length > 0) this.#queue = this.#queue.filter((job) => job.deadline >= now);
    for (const job of late) job.settle({ type: 'refused', refusal: TIMED_OUT });
    const { most } = this.#options;
    if (this.#queue.length > 0 && this.#heldUp.size === this.#threads.length && this.#threads.length < most)
      this.#start();
    this.#pump();
    if (this.#queue.length > 0 || this.#threads.some((thread) => thread.busy)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#retireLater();
  }

  #lookAt(thread: Thread, now: number): void {
    const seen = thread.look(now);
    if (!seen || seen.for < HELD_UP) {
      this.#heldUp.delete(thread);
      return;
    }
    this.#heldUp.add(thread);
    if (now > seen.job.deadline + GRACE) thread.end(seen.job);
    else if (this.#options.repeatable) this.#queue.unshift(...thread.takeBack(seen.job));
  }

  #retireLater(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      for (const thread of this.#threads.slice(1)) if (!thread.busy) void thread.close();
    }, IDLE);
    this.#idle.unref();
  }

  #refuseAll(refusal: Refusal): void {
    for (const job of this.#queue.splice(0)) job.settle({ type: 'refused', refusal });
  }
}

/** What to answer to a job whose thread ended under it; undefined if it can be tried again. */
function refusalFor(how: Ending, culprit: boolean, committing: boolean, attempts: number): Refusal | undefined {
  if (culprit && how === 'out of time') return TIMED_OUT;
  if (culprit && how === 'out of memory') return TOO_LARGE;
  if (committing) return UNKNOWN_OUTCOME;
  return culprit || how === 'not opened' || attempts >= MOST_ATTEMPTS ? INTERNAL : undefined;
}
