import { type ChildProcess, fork as forkChild } from 'node:child_process';
import { join } from 'node:path';
import { hostState } from './host-state.ts';
import { strict, strictEmitter } from './strict.ts';

interface ForkOptions {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  cwd?: string;
  stdio?: 'pipe' | 'ignore' | 'inherit' | ('pipe' | 'ignore' | 'inherit')[];
  serviceName?: string;
}

const childMain = join(import.meta.dirname, '..', 'utility', 'child.ts');
const ownFlags = ['--disable-warning=ExperimentalWarning'];

/** A process of plain Node with Electron's `process.parentPort`. */
class UtilityProcess extends strictEmitter('UtilityProcess') {
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    const stdio = Array.isArray(options.stdio)
      ? options.stdio
      : Array<'inherit'>(3).fill((options.stdio ?? 'inherit') as 'inherit');
    this.#child = forkChild(childMain, [modulePath, ...args], {
      execArgv: [...ownFlags, ...(options.execArgv ?? [])],
      env: options.env ?? process.env,
      ...(options.cwd ? { cwd: options.cwd } : {}),
      stdio: ['ignore', stdio[1] ?? 'inherit', stdio[2] ?? 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const metric = { pid: this.#child.pid ?? 0, name: options.serviceName ?? 'Node Utility Process' };
    hostState.utilities.add(metric);
    this.#child.once('exit', () => hostState.utilities.delete(metric));
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.once('error', (error) => this.emit('error', 'FatalError', error.message, ''));
    this.#child.once('exit', (code, signal) => this.emit('exit', code ?? (signal ? 15 : 1)));
    this.#child.on('message', (message: { data: unknown }) => this.emit('message', message.data));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }
  get stdout() {
    return this.#child.stdout;
  }
  get stderr() {
    return this.#child.stderr;
  }
  postMessage(message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The simulated host passes no MessagePorts to a utility process');
    if (this.#child.connected) this.#child.send({ data: message } as object);
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess => {
    if (!hostState.ready) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcess(modulePath, args, options);
  },
});
