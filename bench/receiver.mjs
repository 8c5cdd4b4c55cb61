// A webhook receiver that answers at once. Runs as a child process.
import { createServer } from 'node:http';

let received = 0;
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    received += 1;
    response.writeHead(204).end();
  });
}).listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', () => process.send({ received }));
