import { connect, type Socket } from 'node:net';
import Fastify from 'fastify';
import { beforeAll, expect, test, vi } from 'vitest';
import { testWorld, type World } from '../test/world.ts';
import { buildApp, type ConnectionTimes, connectionTimes } from './app.ts';
import { healthRoutes } from './http/health-routes.ts';

/** By what factor the timeouts are shorter here than in production. */
const FASTER = 40;
const MOST = 12;
let world: World;
let port: number;

beforeAll(async () => {
  const times = Object.fromEntries(Object.entries(connectionTimes).map(([name, ms]) => [name, ms / FASTER]));
  world = await testWorld({
    times: times as unknown as ConnectionTimes,
    limits: { connections: 100, connections_of_address: MOST },
  });
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const address = world.app.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});

/** Opens a connection and sends text. Resolves with the whole response once the server has closed the connection. */
function closing(text: string, drip?: string): Promise<{ answer: string; ms: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => text && socket.write(text));
    const dripping = drip && setInterval(() => socket.write(drip), 50);
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(dripping || undefined);
      resolve({ answer, ms: performance.now() - began });
    });
  });
}

test('a connection that sends nothing is closed', async () => {
  expect((await closing('')).answer).toContain('408');
});

test('a connection that stops in the middle of its headers is closed', async () => {
  expect((await closing('POST /v1/leads HTTP/1.1\r\nhost: x\r\n')).answer).toContain('408');
});

test('a body that trickles in for ever is cut off', async () => {
  const head =
    'POST /v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{';
  const { ms } = await closing(head, ' ');
  expect(ms).toBeGreaterThan(connectionTimes.headers / FASTER);
});

test('an idle connection is closed some time after its last request', async () => {
  expect((await closing('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')).answer).toContain('200 OK');
});

test('a connection without traffic is closed, even while a response is pending', async () => {
  const cookie = await world.signIn(world.ownerId);
  // The stream of live updates is silent for longer than the shortened timeout.
  const { answer } = await closing(`GET /v1/live HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`);
  expect(answer).toContain('hello');
});

test('the number of connections per address is limited, and existing ones keep working', async () => {
  const sockets: Socket[] = [];
  let closed = 0;
  let open = 0;
  for (let at = 0; at < MOST + 5; at += 1) {
    const socket = connect(port, '127.0.0.1', () => {
      open += 1;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      closed += 1;
    });
    sockets.push(socket);
  }
  await expect.poll(() => [open, closed]).toEqual([MOST + 5, 5]);
  const [first] = sockets.filter((socket) => !socket.destroyed);
  const answered = new Promise((resolve) => first?.once('data', (bytes) => resolve(String(bytes))));
  first?.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await answered).toContain('200 OK');
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await closing('GET /healthz HTTP/1.0\r\n\r\n')).answer).toContain('200 OK');
});

test.each([
  [{ started: true, heard: true }, 200],
  [{ started: true, heard: false }, 503],
  [{ started: false, heard: true }, 503],
])('a server is ready only when it takes requests and its database answers: %j', async ({ started, heard }, status) => {
  const probed = Fastify();
  healthRoutes(probed, { heartbeat: { isUp: () => heard }, isReady: () => started });
  const reply = await probed.inject('/readyz');
  expect([reply.statusCode, reply.headers['retry-after']]).toEqual([status, status === 503 ? '2' : undefined]);
  expect((await probed.inject('/healthz')).statusCode).toBe(200);
  await probed.close();
});

test('URLs, which hold tokens, are not logged at any level', async () => {
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const config = {
      http: { host: '127.0.0.1', port: 0, publicUrl: null, trustProxy: false },
      logLevel: 'debug',
    } as const;
    const logged = await buildApp({ config, parts: world.parts });
    await logged.inject('/api/get-lead-status?token=gl_secret');
    logged.log.warn('It does write a log.');
    await logged.close();
  } finally {
    write.mockRestore();
  }
  expect(written.join('')).toContain('It does write a log.');
  expect(written.join('')).not.toContain('gl_secret');
});

test('the server as a whole has a connection limit too', () => {
  expect(world.app.server.maxConnections).toBe(100);
});
