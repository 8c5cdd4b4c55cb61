import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAllowed } from '../src/platform/egress/target.ts';

/** A request that a receiver got. */
interface Received {
  path: string;
  headers: IncomingHttpHeaders & { 'webhook-id'?: string };
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
}

/** Answers a request; `earlier` is the number of requests before it with the same webhook-id. */
export type Answering = (response: ServerResponse, received: Received, earlier: number) => void;

export const ok: Answering = (response) => void response.writeHead(204).end();
export const status =
  (code: number, headers: Record<string, string> = {}, text = ''): Answering =>
  (response) =>
    void response.writeHead(code, headers).end(text);

/** Allows a server under test to send requests to this machine. */
export const toThisMachine = { allowed: readAllowed('127.0.0.1') as NonNullable<ReturnType<typeof readAllowed>> };

/** A server that receives webhooks, like a customer's. */
export interface Receiver {
  url: string;
  received: Received[];
  /** How it answers from now on. */
  answering: Answering;
  /** The highest number of simultaneous requests, by path. */
  most: Map<string, number>;
  /** Forgets all requests, and answers 204 again. */
  reset(): void;
  close(): void;
}

export async function openReceiver(): Promise<Receiver> {
  const open = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const count = (by: number) => open.set(path, (open.get(path) ?? 0) + by).get(path) ?? 0;
    receiver.most.set(path, Math.max(receiver.most.get(path) ?? 0, count(1)));
    response.once('close', () => count(-1));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const one = { path, headers: request.headers, text, body: JSON.parse(text) };
    const id = one.headers['webhook-id'];
    const earlier = receiver.received.filter(({ headers }) => headers['webhook-id'] === id).length;
    receiver.received.push(one);
    receiver.answering(response, one, earlier);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answering: ok,
    most: new Map(),
    reset() {
      server.closeAllConnections();
      Object.assign(receiver, { received: [], answering: ok, most: new Map() });
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}
