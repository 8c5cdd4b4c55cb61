import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { connectThrough, connectTo, secure } from './connect.ts';
import { AnswerFault, type Fault, faultOf } from './faults.ts';
import { type Address, AddressFault, type LookUp, NameFault, openLookUp } from './look-up.ts';
import { type Allowed, nothing, readTarget, type Target, type TargetFault } from './target.ts';

/** A request to someone else's server. */
export interface EgressRequest {
  /** As the user wrote it; not trusted. */
  url: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Host and Content-Length are added. */
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** How long the whole request may take, from the name look-up to the last byte, in ms. */
  timeoutMs: number;
  /** Ends the request early. */
  signal?: AbortSignal;
  /** How many bytes of the response's body to read before the connection is cut. */
  keepBytes?: number;
}

/** The outcome of a request. A redirect counts as a response like any other. */
export type EgressOutcome = (EgressAnswer | EgressFailure) & { timings: EgressTimings };

interface EgressAnswer {
  kind: 'answered';
  status: number;
  /** Names in lower case, repeated ones joined with commas. */
  headers: Readonly<Record<string, string>>;
  /** The first `keepBytes` bytes of the body. */
  body: Buffer;
  truncated: boolean;
}

interface EgressFailure extends Fault {
  kind: 'failed';
  /** The status, if it arrived before the connection broke. */
  status: number | null;
}

/** In ms since the start; null for steps that were not reached. */
interface EgressTimings {
  lookedUp: number | null;
  connected: number | null;
  answered: number | null;
  ended: number;
}

/** The only way for this server to send HTTP requests to other servers. */
export interface Egress {
  /**
   * Sends a request to an address on the internet, or one that the operator allows. Rejects only for bugs of our own.
   */
  send(request: EgressRequest): Promise<EgressOutcome>;
  /**
   * Checks a URL that a user wants to store: undefined if, as far as is known now, requests can be sent to it. Names
   * that cannot be looked up pass, since they may exist later.
   */
  checkTarget(url: string): Promise<TargetFault | undefined>;
}

export interface EgressOptions {
  /** Receivers allowed besides those on the internet; none by default. */
  allowed?: Allowed;
  /** An HTTP proxy for all requests except those to the hosts in `allowed`. */
  proxy?: URL | null;
  /** Name servers to use instead of the system's. */
  nameServers?: readonly string[];
  /** CA certificates in PEM, instead of those that come with Node.js. */
  ca?: string;
}

const KEEP_BYTES = 65_536;
const CHECK_MS = 5_000;

/** Creates an `Egress`. It keeps no connections between requests, so there is nothing to close. */
export function openEgress({ allowed = nothing, ...options }: EgressOptions = {}): Egress {
  const lookUp = openLookUp(allowed, options.nameServers);
  return {
    send: (request) => send(request, { ...options, allowed, lookUp }),
    async checkTarget(url) {
      const target = readTarget(url, allowed);
      if ('detail' in target) return target;
      try {
        await lookUp(target, AbortSignal.timeout(CHECK_MS));
        return undefined;
      } catch (error) {
        return error instanceof AddressFault ? { detail: error.message } : undefined;
      }
    },
  };
}

type Parts = EgressOptions & { allowed: Allowed; lookUp: LookUp };

async function send(request: EgressRequest, parts: Parts): Promise<EgressOutcome> {
  const started = performance.now();
  const since = () => Math.round(performance.now() - started);
  const timings: EgressTimings = { lookedUp: null, connected: null, answered: null, ended: 0 };
  const cut = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([cut, request.signal]) : cut;
  const target = readTarget(request.url, parts.allowed);
  if ('detail' in target)
    return { kind: 'failed', fault: 'refused_address', detail: target.detail, status: null, timings };
  let socket: Socket | undefined;
  let status: number | null = null;
  try {
    const addresses = await addressesFor(target, parts, signal);
    timings.lookedUp = since();
    socket = await open(target, addresses, signal, parts);
    timings.connected = since();
    const answer = await ask(target, request, socket, signal);
    timings.answered = since();
    status = answer.statusCode ?? 0;
    const { body, truncated } = await readStart(answer, request.keepBytes ?? KEEP_BYTES, signal);
    return {
      kind: 'answered',
      status,
      headers: joined(answer),
      body,
      truncated,
      timings: { ...timings, ended: since() },
    };
  } catch (error) {
    const fault = faultOf(error, { timedOut: cut.aborted, cancelled: request.signal?.aborted === true });
    return { kind: 'failed', ...fault, status, timings: { ...timings, ended: since() } };
  } finally {
    socket?.destroy();
  }
}

/** The target's addresses; null if the proxy has to look up the name. */
async function addressesFor(target: Target, { lookUp, proxy }: Parts, signal: AbortSignal): Promise<Address[] | null> {
  try {
    return await lookUp(target, signal);
  } catch (error) {
    if (proxy && error instanceof NameFault) return null;
    throw error;
  }
}

async function open(
  target: Target,
  addresses: readonly Address[] | null,
  signal: AbortSignal,
  { proxy, allowed, ca }: Parts,
): Promise<Socket> {
  const direct = !proxy || target.allowed || addresses?.every(({ address }) => allowed.address(address)) === true;
  const socket =
    direct && addresses
      ? await connectTo(target, addresses, signal)
      : await connectThrough(proxy as URL, target, signal);
  socket.setNoDelay(true);
  return target.url.protocol === 'https:' ? secure(socket, target.host, signal, ca) : socket;
}

/** Sends the request; resolves once the headers of the response have arrived. */
function ask({ url }: Target, request: EgressRequest, socket: Socket, signal: AbortSignal): Promise<IncomingMessage> {
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  const headers: OutgoingHttpHeaders = { ...request.headers, ...(body && { 'content-length': body.length }) };
  return new Promise((resolve, reject) => {
    const asking = httpRequest({
      host: url.hostname,
      path: url.pathname + url.search,
      method: request.method,
      headers: { ...headers, host: url.host, connection: 'close' },
      createConnection: () => socket,
      signal,
    });
    asking.once('response', resolve);
    asking.once('upgrade', () => reject(new AnswerFault('The receiver asked to switch to another protocol.')));
    asking.on('error', reject);
    asking.end(body);
  });
}

async function readStart(answer: IncomingMessage, most: number, signal: AbortSignal) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    signal.throwIfAborted();
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, most), truncated: size > most };
}

function joined({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
