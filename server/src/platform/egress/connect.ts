import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Address, AddressFault } from './look-up.ts';
import type { Target } from './target.ts';

/** The proxy refused the connection, or cannot be reached. */
export class ProxyFault extends Error {}

/** Connects to one of the addresses, and to nothing else. The caller destroys the socket when `signal` is aborted. */
export async function connectTo(
  { host, port }: Pick<Target, 'host' | 'port'>,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connectTcp({
    host,
    port,
    signal,
    autoSelectFamily: true,
    lookup: (_name, _options, done) => done(null, [...addresses]),
  });
  await once(socket, 'connect', { signal });
  // The look-up above cannot have changed; this guards against anything else, such as a bug of our own.
  const peer = socket.remoteAddress ?? '';
  if (addresses.some(({ address }) => isSame(address, peer))) return socket;
  socket.destroy();
  throw new AddressFault(`The connection to ${host} led to ${peer}, which is not one of its addresses.`);
}

/** Whether two addresses are equal, even if spelled differently. */
function isSame(one: string, other: string): boolean {
  const plain = (address: string) =>
    address.includes(':') ? new URL(`http://[${address.split('%')[0]}]`).host : address;
  return one === other || plain(one) === plain(other);
}

/** Connects through an HTTP proxy, which looks up the name of the target. */
export async function connectThrough(proxy: URL, { host, port }: Target, signal: AbortSignal): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const user = proxy.username && `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const asking = request({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || 80,
    method: 'CONNECT',
    path: authority,
    headers: {
      host: authority,
      ...(user && { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }),
    },
    agent: false,
    signal,
  });
  asking.end();
  const answered = Promise.race([once(asking, 'connect', { signal }), once(asking, 'response', { signal })]);
  const [answer, socket] = await answered.catch((error: unknown) => {
    signal.throwIfAborted();
    throw new ProxyFault(`The proxy cannot be reached: ${error instanceof Error ? error.message : 'unknown'}.`);
  });
  if (socket && answer.statusCode === 200) return socket;
  asking.destroy();
  throw new ProxyFault(`The proxy refused the connection with status ${answer.statusCode}.`);
}

/** The server's certificate is not valid, or the server does not speak TLS. */
export class TlsFault extends Error {}

/** Starts TLS on a connection, and requires a valid certificate for the host. */
export async function secure(socket: Socket, host: string, signal: AbortSignal, ca?: string): Promise<Socket> {
  const secured = connectTls({
    socket,
    host,
    servername: nameFor(host),
    ALPNProtocols: ['http/1.1'],
    ...(ca && { ca }),
  });
  try {
    await once(secured, 'secureConnect', { signal });
    return secured;
  } catch (error) {
    secured.destroy();
    signal.throwIfAborted();
    throw error instanceof Error && !/ECONNRESET|EPIPE/.test(String((error as NodeJS.ErrnoException).code))
      ? new TlsFault(error.message)
      : error;
  }
}

/** An address is not sent as a server name (SNI); the certificate is compared with `host` anyway. */
function nameFor(host: string): string {
  return /^[\d.]+$|:/.test(host) ? '' : host;
}
