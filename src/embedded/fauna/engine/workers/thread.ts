/** One worker thread as the service sees it: what it has been given, and what became of it. */
import { Worker } from 'node:worker_threads';
import type { Refusal } from '../refusals.ts';
import type { Answer, Call, FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { Phase } from './phase.ts';

export type Outcome = Answer | { readonly type: 'refused'; readonly refusal: Refusal };

export interface Job {
  readonly id: number;
  readonly call: Call;
  /** When it is to be over, in performance.now()'s ms. */
  readonly deadline: number;
  /** How often a thread has ended under it. */
  attempts: number;
  settle(outcome: Outcome): void;
}

export type Ending = 'closed' | 'out of time' | 'out of memory' | 'crashed' | 'not opened';

export interface ThreadEvents {
  answered(thread: Thread): void;
  announced(message: FromWorker): void;
  /** The jobs it still had; `culprit` is the one it was in. */
  ended(thread: Thread, how: Ending, left: readonly Job[], culprit: Job | undefined, committing: boolean): void;
}

export interface ThreadOptions extends Omit<WorkerSettings, 'phase'> {
  readonly script: string | URL;
  /** Of its JavaScript heap. */
  readonly megabytes: number;
}

/** As much memory as a thread keeps. */
const MOST_SPENT = 2;

export class Thread {
  readonly #worker: Worker;
  readonly #phase: Phase;
  readonly #jobs = new Map<number, Job>();
  /** Taken back while it was busy with another; it may yet begin them. */
  readonly #takenBack = new Map<number, Job>();
  readonly #events: ThreadEvents;
  #ending: Ending = 'crashed';
  /** Memory of answers that have been sent; it goes back to the thread with the next calls. */
  #spent: ArrayBuffer[] = [];
  /** Messages with calls that have not been answered whole. */
  #batches: number[] = [];
  #current: { id: number; since: number } | undefined;
  /** The job it is being ended in; until it is gone, its phase says nothing more about that. */
  #endedIn: Job | undefined;

  constructor({ script, megabytes, ...settings }: ThreadOptions, events: ThreadEvents) {
    const phase = Phase.create();
    this.#phase = new Phase(phase);
    this.#events = events;
    const workerData: WorkerSettings = { ...settings, phase };
    this.#worker = new Worker(script, {
      workerData,
      name: `fauna ${settings.role}`,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => this.#take(message));
    this.#worker.on('error', (error: Error & { code?: string }) => {
      this.#ending = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : 'crashed';
      if (this.#ending === 'crashed') console.error(error);
    });
    this.#worker.on('exit', () => {
      const call = this.#phase.call ?? this.#current?.id;
      const left = [...this.#jobs.values()];
      const culprit = this.#endedIn ?? (call === undefined ? undefined : this.#jobs.get(call));
      events.ended(this, this.#ending, left, culprit, this.#phase.committing);
    });
  }

  /** How many more messages with calls it should be given: one to work on and one to go on with. */
  get room(): number {
    return 2 - this.#batches.length;
  }

  get busy(): boolean {
    return this.#jobs.size > 0;
  }

  give(jobs: readonly Job[]): void {
    for (const job of jobs) this.#jobs.set(job.id, job);
    this.#batches.push(jobs.at(-1)?.id ?? 0);
    this.#worker.ref();
    const until = ({ deadline }: Job): number => performance.timeOrigin + deadline;
    const spent = this.#spent.splice(0);
    this.send({ type: 'calls', calls: jobs.map((job) => [job.id, job.call, until(job)]), spent }, spent);
  }

  send(message: ToWorker, given: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, given);
  }

  /** To be called now and then: the job it is in and for how long (ms) it has been seen there. */
  look(now: number): { job: Job; for: number } | undefined {
    const id = this.#phase.call;
    const job = id === undefined ? undefined : (this.#jobs.get(id) ?? this.#takenBack.get(id));
    if (id === undefined || !job) {
      this.#current = undefined;
      return undefined;
    }
    if (this.#current?.id !== id) this.#current = { id, since: now };
    return { job, for: now - this.#current.since };
  }

  /** Takes back what it has not begun. It may still do it; nobody will listen to the answer. */
  takeBack(except: Job): Job[] {
    const back = [...this.#jobs.values()].filter((job) => job !== except);
    for (const job of back) {
      this.#jobs.delete(job.id);
      this.#takenBack.set(job.id, job);
    }
    return back;
  }

  /** Ends it while it is in this job, and only then. */
  end(job: Job): void {
    if (!this.#phase.end(job.id)) return;
    this.#endedIn = job;
    this.#ending = 'out of time';
    void this.#worker.terminate();
  }

  /** It finishes what it has. */
  close(): Promise<void> {
    this.#ending = 'closed';
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#worker.once('exit', () => resolve());
      this.send({ type: 'close' });
    });
  }

  /** An answer's bytes are the thread's, to be written over when they have been sent. */
  #lent(answer: Answer): Answer {
    if (answer.type === 'response' && typeof answer.response.body !== 'string') {
      const { buffer } = answer.response.body;
      answer.response.spent = () => {
        if (this.#spent.length < MOST_SPENT) this.#spent.push(buffer);
      };
    }
    return answer;
  }

  #take(message: FromWorker): void {
    if (message.type === 'not-opened') {
      console.error(message.message);
      this.#ending = 'not opened';
      return;
    }
    if (message.type !== 'answers') {
      this.#events.announced(message);
      return;
    }
    for (const [id, answer] of message.answers) {
      const job = this.#jobs.get(id);
      this.#jobs.delete(id);
      this.#takenBack.delete(id);
      if (this.#batches.includes(id)) this.#batches = this.#batches.slice(this.#batches.indexOf(id) + 1);
      job?.settle(this.#lent(answer));
    }
    // One that is being closed is waited for.
    if (this.#jobs.size === 0 && this.#ending !== 'closed') this.#worker.unref();
    this.#events.answered(this);
  }
}
