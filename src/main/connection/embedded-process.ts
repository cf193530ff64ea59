import { mkdirSync } from 'node:fs';
import { type UtilityProcess, utilityProcess } from 'electron';
import { z } from 'zod';
import { FailureError, failure } from '../../shared/failure.ts';
import { connectOverPort, type PortClient } from '../../shared/http-over-port/client.ts';
import { log } from '../logging/log.ts';

const ready = z.object({ type: z.literal('ready'), rootKey: z.string(), secretKey: z.string() });
const failed = z.object({ type: z.literal('failed'), message: z.string() });

export interface EmbeddedProcess {
  client: PortClient;
  /** The stack's own keys; main needs them for set-up and for the account on this computer. */
  keys: Promise<{ rootKey: string; secretKey: string }>;
  stop(): void;
}

/** Starts the embedded services in a process of their own. They listen on no network port. */
export const startEmbeddedProcess = (options: { script: string; data: string }): EmbeddedProcess => {
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  const child: UtilityProcess = utilityProcess.fork(options.script, ['--data', options.data], {
    serviceName: 'Burrow services',
    stdio: 'pipe',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  child.stdout?.on('data', (text: Buffer) => log.info(`services: ${text.toString().trimEnd()}`));
  child.stderr?.on('data', (text: Buffer) => log.warn(`services: ${text.toString().trimEnd()}`));

  const client = connectOverPort({
    post: (message) => child.postMessage(message),
    listen: (listener) => child.on('message', listener),
  });

  const keys = new Promise<{ rootKey: string; secretKey: string }>((resolve, reject) => {
    const refuse = (why: string) =>
      reject(
        new FailureError(
          failure(
            'embedded-stack-failed',
            `Burrow's embedded services did not start: ${why}.`,
            'Your notes on this computer are untouched. Restart Burrow; if it happens again, look at the log.',
          ),
        ),
      );
    child.on('message', (message: unknown) => {
      const good = ready.safeParse(message);
      if (good.success) resolve({ rootKey: good.data.rootKey, secretKey: good.data.secretKey });
      const bad = failed.safeParse(message);
      if (bad.success) refuse(bad.data.message);
    });
    child.on('exit', (code: number) => {
      client.disconnect();
      refuse(`the process ended with code ${code}`);
    });
  });
  keys.catch((error) => log.error('services', error));

  return { client, keys, stop: () => void child.kill() };
};
