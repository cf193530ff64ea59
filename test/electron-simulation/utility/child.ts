import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

/**
 * The start of a simulated utility process: `process.parentPort` as Electron has it, then the app's own module.
 * The channel keeps the process alive; when main is gone, however it ended, so is this.
 */
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown): void => {
    process.send?.({ data });
  },
});
/** Messages that come before the app listens wait for it, as in Electron. */
const early: unknown[] = [];
const deliver = (data: unknown) => parentPort.emit('message', { data, ports: [] });
parentPort.on('newListener', (event: string) => {
  if (event !== 'message') return;
  queueMicrotask(() => {
    for (const data of early.splice(0)) deliver(data);
  });
});
process.on('message', ({ data }: { data: unknown }) => {
  if (parentPort.listenerCount('message') > 0) deliver(data);
  else early.push(data);
});
process.on('disconnect', () => process.exit(0));

const modulePath = process.argv[2];
if (!modulePath) throw new Error('utilityProcess.fork was given no module');
process.argv.splice(1, 1);
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });
Object.defineProperty(process.versions, 'electron', { value: '0.0.0-simulated', enumerable: true });
await import(pathToFileURL(modulePath).href);
