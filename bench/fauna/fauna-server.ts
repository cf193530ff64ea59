/** The embedded Fauna behind a port, as `npm run embedded` has it. Arguments: the file, the root key. */
import { openFauna } from '../../src/embedded/fauna/index.ts';
import { listen } from '../../src/embedded/http/listen.ts';

const [file = '', rootKey = ''] = process.argv.slice(2);
const worker = new URL('../../src/embedded/fauna/engine/workers/worker.ts', import.meta.url);
const started = performance.now();
const fauna = openFauna({ file, rootKey, worker });
const opened = performance.now() - started;
const server = await listen(fauna.handle, { port: 0 });
console.log(JSON.stringify({ port: server.port, opened }));
process.on('SIGTERM', async () => {
  await server.close();
  await fauna.close();
  process.exit(0);
});
