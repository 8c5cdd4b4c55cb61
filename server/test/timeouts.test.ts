import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { testWorld } from './world.ts';

const world = await testWorld();
await world.app.listen({ host: '127.0.0.1', port: 0 });
afterAll(() => world.app.close());

test('headers, requests and idle connections have time limits', () => {
  const { headersTimeout, requestTimeout, keepAliveTimeout, maxRequestsPerSocket } = world.app.server;
  expect(headersTimeout).toBe(10_000);
  expect(requestTimeout).toBe(30_000);
  expect(keepAliveTimeout).toBe(10_000);
  expect(maxRequestsPerSocket).toBe(0);
});

test('a client that never finishes its headers gets 408 and is cut off', async () => {
  const address = world.app.server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  socket.write('GET /healthz HTTP/1.1\r\nhost: leads.example\r\nx: ');
  const drip = setInterval(() => socket.write('y'), 500);
  const got = await new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
  clearInterval(drip);
  expect(got).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(got).toContain('x-content-type-options: nosniff');
});
