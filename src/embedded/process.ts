import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EMBEDDED_FAUNA_HOST } from '../shared/connection/embedded-addresses.ts';
import { serveOverPort } from '../shared/http-over-port/server.ts';
import { openStack } from './stack.ts';

/** The embedded services inside the app: a process of their own, reached over its message port, listening nowhere. */
const run = async (): Promise<void> => {
  const port = process.parentPort;
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' } } });
    if (!values.data) throw new Error('no data folder was given');
    const stack = await openStack({ data: values.data, faunaWorker: join(__dirname, 'fauna-worker.cjs') });
    serveOverPort(
      {
        post: (message) => port.postMessage(message),
        listen: (listener) => port.on('message', (event) => listener(event.data)),
      },
      (request) => (new URL(request.url).host === EMBEDDED_FAUNA_HOST ? stack.fauna(request) : stack.clerk(request)),
    );
    port.postMessage({ type: 'ready', rootKey: stack.keys.rootKey, secretKey: stack.keys.secretKey });
  } catch (error) {
    port.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};

void run();
