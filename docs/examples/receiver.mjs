// A receiver of webhooks: SECRET=whsec_... node receiver.mjs
import { createServer } from 'node:http';
import { verify } from './verify.mjs';

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const isGenuine = verify(process.env.SECRET, request.headers, body);
  console.log(isGenuine ? body.toString() : 'Refused a request that Leadwell did not sign.');
  response.writeHead(isGenuine ? 204 : 401).end();
}).listen(8000, '127.0.0.1');
