/** The servers run in processes of their own; this one is the client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';

export interface Server {
  readonly session: ClientHttp2Session;
  /** ms; of a Fauna: how long opening the file took. */
  readonly opened: number;
  /** Resident memory in MB; 0 where the system does not tell. */
  memory(): number;
  stop(): Promise<void>;
}

/** `script` is a path. */
export function startServer(script: string, args: readonly string[]): Promise<Server> {
  const options = ['--disable-warning=ExperimentalWarning', script, ...args];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout.once('data', (line: Buffer) => {
      const { port, opened = 0 } = JSON.parse(line.toString()) as { port: number; opened?: number };
      const session = connect(`http://127.0.0.1:${port}`);
      resolve({ session, opened, memory: () => residentMemory(child), stop: () => stop(child, session) });
    });
  });
}

function residentMemory({ pid }: ChildProcess): number {
  try {
    const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(found?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

function stop(child: ChildProcess, session: ClientHttp2Session): Promise<void> {
  session.destroy();
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill();
  });
}
