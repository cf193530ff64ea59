/** The least an HTTP/2 server does: takes a request in and answers a body. Argument: the body. */
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

const [body = ''] = process.argv.slice(2);
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
process.on('SIGTERM', () => process.exit(0));
