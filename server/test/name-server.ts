import { createSocket } from 'node:dgram';
import { afterAll } from 'vitest';

/** A name server for tests, for names that no other name server knows. */
export interface NameServer {
  /** In the form that `Resolver.setServers` expects. */
  address: string;
  /**
   * Sets the addresses of a name: those for the first look-up, for the second, and so on; the last
   * apply to all that follow.
   */
  set(name: string, ...answers: (readonly string[])[]): void;
  /** How often the IPv4 addresses of a name were looked up. */
  asked(name: string): number;
}

const IPV4 = 1;
const NAME_UNKNOWN = 0x8183;
const FOUND = 0x8180;

/** Starts a name server that answers with IPv4 addresses; it stays silent about the name `silent.test`. */
export async function nameServer(): Promise<NameServer> {
  const names = new Map<string, (readonly string[])[]>();
  const counts = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = questionIn(query);
    if (name === 'silent.test') return;
    const answers = names.get(name);
    const count = counts.get(name) ?? 0;
    const found = type === IPV4 ? (answers?.[Math.min(count, answers.length - 1)] ?? []) : [];
    if (type === IPV4) counts.set(name, count + 1);
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(answers ? FOUND : NAME_UNKNOWN, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    socket.send(Buffer.concat([head, query.subarray(12, end), ...found.map(record)]), from.port, from.address);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  afterAll(() => void socket.close());
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (name, ...answers) => names.set(name, answers),
    asked: (name) => counts.get(name) ?? 0,
  };
}

function questionIn(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** An answer with an IPv4 address; its name refers back to the question. */
function record(address: string): Buffer {
  return Buffer.from([0xc0, 12, 0, IPV4, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
}
