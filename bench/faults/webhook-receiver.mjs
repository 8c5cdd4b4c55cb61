// A webhook receiver that verifies each request with the official library and then fails in the ways it is told to.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** An event is always accepted at the fourth attempt: events that never arrive are not what this proves. */
const PATIENT_AFTER = 3;
/** How long the path `late` is busy: longer than the five minutes that verifiers allow. */
export const LATE_SECONDS = 360;

export async function startReceiver() {
  const secrets = new Map();
  const ends = new Map();
  const refused = [];
  const requests = [];
  let faults = {};
  let verified = 0;
  const of = (name) => {
    if (!ends.has(name)) ends.set(name, { tries: new Map(), accepted: new Map(), repeats: 0, open: 0, most: 0 });
    return ends.get(name);
  };
  const server = createServer(async (request, response) => {
    const name = request.url.slice(1);
    const end = of(name);
    end.open += 1;
    end.most = Math.max(end.most, end.open);
    response.once('close', () => {
      end.open -= 1;
    });
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const at = Date.now() / 1000;
    const inForce = (secrets.get(name) ?? []).filter(
      ({ since }) => since < Number(request.headers['webhook-timestamp']),
    );
    for (const { secret } of inForce) requests.push({ secret, headers: pick(request.headers), body, at });
    if (inForce.length > 0 && inForce.every(({ secret }) => verifies(secret, body, request.headers))) verified += 1;
    else refused.push({ name, headers: request.headers });
    const id = request.headers['webhook-id'];
    const tries = (end.tries.get(id) ?? 0) + 1;
    end.tries.set(id, tries);
    const fault = faultFor(faults, name, tries);
    if (fault === 'late') return response.writeHead(503, { 'retry-after': String(LATE_SECONDS) }).end();
    if (fault === 'hang') return;
    if (fault === 'reset') return request.socket.destroy();
    if (fault === 'lie')
      return response.writeHead(200, { 'content-length': 10 }).write('ok', () => request.socket.destroy());
    if (fault === 'fail') return response.writeHead(500).end('Not now.');
    if (end.accepted.has(id)) end.repeats += 1;
    else end.accepted.set(id, { at: Date.now(), leadId: JSON.parse(body).lead_id });
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    refused,
    /** Every request, once for each secret in force, for the verifiers in other languages. */
    requests,
    get verified() {
      return verified;
    },
    /** Adds a secret that signs the requests to this path from this second on, besides the earlier ones. */
    expect(name, secret, since = 0) {
      secrets.set(name, [...(secrets.get(name) ?? []), { secret, since }]);
    },
    behave: (wanted) => {
      faults = wanted;
    },
    accepted: (name) => of(name).accepted,
    /** How many requests repeated an event that had already been accepted. */
    repeats: (name) => of(name).repeats,
    /** The largest number of simultaneous requests. */
    most: (name) => of(name).most,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function faultFor({ hangAt, ...shares }, name, tries) {
  if (name === 'late') return tries === 1 ? 'late' : undefined;
  if (name === hangAt) return 'hang';
  if (tries > PATIENT_AFTER) return undefined;
  let dice = Math.random();
  for (const [fault, share] of Object.entries(shares)) {
    if (dice < share) return fault;
    dice -= share;
  }
  return undefined;
}

function verifies(secret, body, headers) {
  try {
    return Boolean(new Webhook(secret).verify(body, headers));
  } catch {
    return false;
  }
}

function pick(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('webhook-')));
}
