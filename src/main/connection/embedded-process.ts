import { mkdirSync } from 'node:fs';
import { utilityProcess } from 'electron';
import { log } from '../logging/log.ts';
import { type EmbeddedServices, type ServicesProcess, superviseServices } from './supervisor.ts';

const start = (script: string, data: string): ServicesProcess => {
  const child = utilityProcess.fork(script, ['--data', data], {
    serviceName: 'Burrow services',
    stdio: 'pipe',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  child.stdout?.on('data', (text: Buffer) => log.info(`services: ${text.toString().trimEnd()}`));
  child.stderr?.on('data', (text: Buffer) => log.warn(`services: ${text.toString().trimEnd()}`));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
};

/** Starts the embedded services in a process of their own, and again whenever it ends. They listen on no network port. */
export const startEmbeddedServices = (options: { script: string; data: string }): EmbeddedServices => {
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  return superviseServices({ start: () => start(options.script, options.data) });
};
