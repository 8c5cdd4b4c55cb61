import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, connect, type Server as TcpServer } from 'node:net';
import os, { type NetworkInterfaceInfo } from 'node:os';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { certificate } from '../../../test/certificate.ts';
import { nameServer } from '../../../test/name-server.ts';
import { privateAddresses } from '../../../test/private-addresses.ts';
import { type EgressRequest, openEgress } from './egress.ts';
import { readAllowed } from './target.ts';

const names = await nameServer();
let connections = 0;

async function listen<S extends TcpServer>(server: S, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((done) => server.listen(0, host, done));
  afterAll(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** How the receiver currently answers. */
let answer: RequestListener = (_request, reply) => reply.end('fine');
const receiver: Server = createServer((request, reply) => answer(request, reply));
receiver.on('connection', () => connections++);
const port = await listen(receiver);
const secure = createSecureServer(certificate, (request, reply) => answer(request, reply));
secure.on('connection', () => connections++);
const securePort = await listen(secure);
names.set('receiver.test', ['127.0.0.1']);
names.set('elsewhere.test', ['127.0.0.1']);

const nameServers = [names.address];
const closed = openEgress({ nameServers });
const allowed = readAllowed('127.0.0.0/8');
const open = openEgress({ ...(allowed && { allowed }), nameServers, ca: certificate.cert });
const post = (url: string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  url,
  method: 'POST',
  body: '{"a":1}',
  timeoutMs: 3000,
  ...more,
});
const local = (path = '/') => `http://127.0.0.1:${port}${path}`;

beforeEach(() => {
  connections = 0;
  answer = (_request, reply) => reply.end('fine');
});

describe('an address that is not on the internet', () => {
  test.each(privateAddresses)('is neither accepted nor connected to when written as %s', async (spelling) => {
    for (const url of [`http://${spelling}:${port}/`, `https://${spelling}:${securePort}/`]) {
      expect(await closed.checkTarget(url)).toEqual({ detail: expect.any(String) });
      expect(await closed.send(post(url))).toMatchObject({ kind: 'failed', fault: 'refused_address' });
    }
    expect(connections).toBe(0);
  });

  test.each([
    `http:\\\\127.0.0.1:${0}\\`,
    'http:127.0.0.1',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'javascript:alert(1)',
    'data:,x',
    'ftp://127.0.0.1/',
    '//127.0.0.1/',
    '127.0.0.1',
    '',
    'https://',
    `https://example.com:22/`,
    'https://example.com:6379/',
    `https://example.com/${'a'.repeat(3000)}`,
  ])('is not reached by the URL %j', async (url) => {
    expect(await closed.checkTarget(url)).toEqual({ detail: expect.any(String) });
    expect(await closed.send(post(url))).toMatchObject({ kind: 'failed', fault: 'refused_address' });
  });

  test('is not connected to through a name that resolves to it, even beside a public address', async () => {
    names.set('private.test', ['127.0.0.1']);
    names.set('mixed.test', ['93.184.215.14', '127.0.0.1']);
    names.set('metadata.test', ['169.254.169.254']);
    for (const host of ['private.test', 'mixed.test', 'metadata.test', 'private.test.']) {
      const url = `https://${host}:${securePort}/`;
      expect(await closed.checkTarget(url)).toEqual({ detail: expect.stringContaining('not on the internet') });
      expect(await closed.send(post(url))).toMatchObject({ fault: 'refused_address' });
    }
    expect(connections).toBe(0);
  });

  test('is not connected to through a name that changes between check and connection or within a request', async () => {
    names.set('rebound.test', ['93.184.215.14'], ['127.0.0.1']);
    const url = `https://rebound.test:${securePort}/`;
    expect(await closed.checkTarget(url)).toBeUndefined();
    expect(await closed.send(post(url))).toMatchObject({ fault: 'refused_address' });
    names.set('changing.test', ['93.184.215.14'], ['127.0.0.1']);
    expect(await closed.send(post(`https://changing.test:${securePort}/`, { timeoutMs: 300 }))).toMatchObject({
      kind: 'failed',
    });
    expect(names.asked('changing.test')).toBe(1);
    expect(connections).toBe(0);
  });

  test('may also be a public address of this machine itself', async () => {
    const url = 'https://93.184.215.14/';
    expect(await closed.checkTarget(url)).toBeUndefined();
    const { networkInterfaces } = os;
    os.networkInterfaces = () => ({ eth0: [{ address: '93.184.215.14' } as NetworkInterfaceInfo] });
    syncBuiltinESMExports();
    try {
      expect(await closed.checkTarget(url)).toEqual({ detail: expect.stringContaining('not on the internet') });
    } finally {
      os.networkInterfaces = networkInterfaces;
      syncBuiltinESMExports();
    }
  });

  test('is not connected to when an allowed receiver redirects there', async () => {
    let followed = 0;
    answer = ({ url }, reply) => {
      if (url === '/followed') followed++;
      reply.writeHead(307, { location: local('/followed') }).end();
    };
    expect(await open.send(post(local()))).toMatchObject({ kind: 'answered', status: 307 });
    expect(followed).toBe(0);
  });
});

describe('a receiver that the operator allows', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.0/8', '127.9.9.9', true],
    ['10.0.0.0/8, receiver.test', 'receiver.test', true],
    ['RECEIVER.test', 'receiver.test', true],
    ['10.0.0.0/8', 'receiver.test', false],
    ['other.test', 'receiver.test', false],
    ['::1', '127.0.0.1', false],
  ])('with EGRESS_ALLOW=%s, %s is allowed: %j', async (text, host, reached) => {
    const list = readAllowed(text);
    const egress = openEgress({ ...(list && { allowed: list }), nameServers });
    const fault = await egress.checkTarget(`http://${host}:${port}/`);
    expect(fault === undefined).toBe(reached);
  });

  test.each(['10.0.0.0/33', '0.0.0.0/0', 'https://crm.lan', 'crm lan', '*', '127.1'])('cannot be named %j', (text) => {
    expect(readAllowed(text)).toBeUndefined();
  });

  test('is reached without TLS; all others need TLS', async () => {
    names.set('public.test', ['93.184.215.14']);
    expect(await closed.checkTarget('http://public.test/')).toEqual({ detail: 'The URL must start with https://.' });
    expect(await closed.send(post('http://public.test/'))).toMatchObject({ fault: 'refused_address' });
    expect(await open.send(post(local()))).toMatchObject({ kind: 'answered', status: 200 });
  });
});

describe('an answer', () => {
  test('comes with status, headers, the start of the body and timings, and the receiver gets what was sent', async () => {
    let heard = '';
    answer = (request, reply) => {
      request.on('data', (part) => {
        heard += `${request.method} ${request.url} ${request.headers.host} ${request.headers['x-one']} ${part}`;
      });
      request.on('end', () => reply.writeHead(202, { 'X-Two': ['a', 'b'] }).end('0123456789'));
    };
    const got = await open.send(post(local('/p?q=1'), { headers: { 'x-one': 'ä' }, keepBytes: 4 }));
    expect(got).toMatchObject({ kind: 'answered', status: 202, headers: { 'x-two': 'a, b' }, truncated: true });
    expect(got.kind === 'answered' && got.body.toString()).toBe('0123');
    expect(got.timings.lookedUp).toBeLessThanOrEqual(got.timings.ended);
    expect(Buffer.from(heard, 'utf8').toString()).toBe(`POST /p?q=1 127.0.0.1:${port} ä {"a":1}`);
  });

  test('that never ends is cut off', async () => {
    answer = (_request, reply) => {
      reply.on('drain', () => reply.write(Buffer.alloc(65_536)));
      reply.write(Buffer.alloc(1_000_000));
    };
    const got = await open.send(post(local(), { keepBytes: 1000 }));
    expect(got).toMatchObject({ kind: 'answered', truncated: true });
    expect(got.kind === 'answered' && got.body.length).toBe(1000);
  });

  test.each<[string, RequestListener, object]>([
    ['stays away', () => {}, { fault: 'timeout', status: null }],
    [
      'comes in drips',
      (_request, reply) => {
        const drip = setInterval(() => reply.write('.'), 20);
        reply.on('close', () => clearInterval(drip));
      },
      { fault: 'timeout', status: 200 },
    ],
    [
      'is cut before its head',
      ({ socket }) => {
        socket.destroy();
      },
      { fault: 'reset', status: null },
    ],
    [
      'is cut after its head',
      ({ socket }, reply) => {
        reply.writeHead(200, { 'content-length': 100 }).write('half');
        setImmediate(() => socket.destroy());
      },
      { fault: 'reset', status: 200 },
    ],
    [
      'is not HTTP',
      ({ socket }) => {
        socket.end('hello\r\n\r\n');
      },
      { fault: 'bad_answer', status: null },
    ],
    [
      'has a head of a megabyte',
      ({ socket }) => {
        socket.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(1_000_000)}\r\n\r\n`);
      },
      { fault: 'bad_answer', status: null },
    ],
    [
      'changes to another protocol',
      ({ socket }) => {
        socket.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
      },
      { fault: 'bad_answer' },
    ],
  ])('that %s is reported as a failure', async (_what, listener, expected) => {
    answer = listener;
    const request = post(local(), { timeoutMs: 400, signal: AbortSignal.timeout(8_000) });
    expect(await open.send(request)).toMatchObject({ kind: 'failed', ...expected });
  });

  test('is not awaited once the caller has cancelled the request', async () => {
    const ending = new AbortController();
    answer = () => ending.abort();
    expect(await open.send(post(local(), { signal: ending.signal }))).toMatchObject({ fault: 'cancelled' });
  });

  test('an unreachable host, an unknown name and a silent name server are told apart', async () => {
    expect(await open.send(post('http://127.0.0.1:1/'))).toMatchObject({ fault: 'connect' });
    expect(await open.send(post('https://nowhere.test/'))).toMatchObject({ fault: 'dns' });
    expect(await open.send(post('https://silent.test/', { timeoutMs: 200 }))).toMatchObject({ fault: 'timeout' });
  });
});

describe('TLS', () => {
  test('requires a trusted certificate for the host name', async () => {
    expect(await open.send(post(`https://receiver.test:${securePort}/`))).toMatchObject({
      kind: 'answered',
      status: 200,
    });
    for (const url of [
      `https://elsewhere.test:${securePort}/`,
      `https://127.0.0.1:${securePort}/`,
      `https://127.0.0.1:${port}/`,
    ])
      expect(await open.send(post(url))).toMatchObject({ kind: 'failed', fault: 'tls' });
    const strict = openEgress({ ...(allowed && { allowed }), nameServers });
    expect(await strict.send(post(`https://receiver.test:${securePort}/`))).toMatchObject({ fault: 'tls' });
  });
});

describe('a proxy', () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
    if (request.url?.startsWith('refused.')) return socket.end('HTTP/1.1 407 No\r\n\r\n');
    const onward = connect(securePort, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.pipe(onward).pipe(socket);
    return undefined;
  });

  test('gets the host name unresolved and carries every request except those the operator allows', async () => {
    const url = new URL(`http://us%65r:pass@127.0.0.1:${await listen(proxy)}`);
    // This name server knows no names: only the proxy can look them up.
    const egress = openEgress({ nameServers: [(await nameServer()).address], proxy: url, ca: certificate.cert });
    expect(await egress.send(post('https://receiver.test/'))).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toEqual([`receiver.test:443 Basic ${Buffer.from('user:pass').toString('base64')}`]);
    expect(await egress.send(post('https://refused.test/'))).toMatchObject({ fault: 'proxy' });
    expect(await egress.send(post('https://169.254.169.254/'))).toMatchObject({ fault: 'refused_address' });
    // A name that this server can look up as well.
    names.set('known.test', ['93.184.215.14']);
    const knowing = openEgress({ nameServers, proxy: url, ca: certificate.cert });
    expect(await knowing.send(post('https://known.test/'))).toMatchObject({ fault: 'tls' });
    expect(asked.at(-1)).toContain('known.test:443');
    const direct = openEgress({ ...(allowed && { allowed }), proxy: url, nameServers });
    expect(await direct.send(post(local()))).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toHaveLength(3);
  });
});
