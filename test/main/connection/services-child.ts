/**
 * Services that fail on demand, as a process of their own. Its argument is a file with one word for each start:
 * `serve`, `exit` (before being ready) or `fail` (tells that it cannot start, and stays). After the last: `serve`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { serveOverPort } from '../../../src/shared/http-over-port/server.ts';

const plan = process.argv[2] ?? '';
const [word = 'serve', ...rest] = readFileSync(plan, 'utf8').split(' ').filter(Boolean);
writeFileSync(plan, rest.join(' '));
const post = (message: unknown) => process.send?.(message as object);

if (word === 'exit') process.exit(7);
if (word === 'fail') {
  post({ type: 'failed', message: 'the data cannot be read' });
  // A process that waits for ever unless it is ended.
  process.on('message', () => {});
} else {
  serveOverPort({ post, listen: (listener) => process.on('message', listener) }, async (request) => {
    if (request.url.endsWith('/crash')) process.exit(3);
    return Response.json({ pid: process.pid });
  });
  post({ type: 'ready', rootKey: 'root', secretKey: 'secret' });
}
