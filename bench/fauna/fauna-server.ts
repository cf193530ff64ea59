/** The embedded Fauna behind a port. Arguments: the file, the root key, the worker's script. */
import { openFauna } from '../../src/embedded/fauna/index.ts';
import { listen } from '../../src/embedded/http/listen.ts';

const [file = '', rootKey = '', worker = ''] = process.argv.slice(2);
const started = performance.now();
const fauna = openFauna({ file, rootKey, worker });
const opened = performance.now() - started;

const run = async (): Promise<void> => {
  const server = await listen(fauna.handle, { port: 0 });
  console.log(JSON.stringify({ port: server.port, opened }));
  process.on('SIGTERM', async () => {
    await server.close();
    await fauna.close();
    process.exit(0);
  });
};

void run();
