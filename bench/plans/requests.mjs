// The requests of the hot path, and how many rows a single statement may read: a few for each thing that the request
// stores or shows, never all leads. Searches look at a bounded number of texts by design (decision 20).
import { requests as creating } from '../requests.mjs';

const turn = (list, n) => list[n % list.length];
const get = (path) => ({ method: 'GET', path });

/** Dialects whose batches differ: plain leads, forms, and leads with a call. Only these are also sent many at once. */
const together = ['native', 'getlead', 'dialler'];

/** Creating leads, by dialect: sent by the load generator, one at a time or many at once. */
const creations = Object.keys(creating).flatMap((kind) => [
  { name: `new, ${kind}`, kind, connections: 1, count: 12, most: 150 },
  { name: `again, ${kind}`, kind, connections: 1, count: 12, isRepeat: true, most: 150 },
  ...(together.includes(kind) ? [{ name: `many at once, ${kind}`, kind, connections: 16, count: 64, most: 500 }] : []),
]);

/** Requests to `/v1`; `make` receives a counter and the ids of leads. */
const others = [
  { name: 'open', most: 150, make: (n, ids) => get(`/leads/${turn(ids, n)}`) },
  { name: 'timeline', most: 300, make: (n, ids) => get(`/leads/${turn(ids, n)}/timeline`) },
  {
    name: 'change',
    most: 200,
    make: (n, ids) => ({ method: 'PATCH', path: `/leads/${turn(ids, n)}`, body: { city: `Town ${n}` } }),
  },
  {
    name: 'note',
    most: 200,
    make: (n, ids) => ({ method: 'POST', path: `/leads/${turn(ids, n)}/notes`, body: { text: `Rang ${n}` } }),
  },
  {
    name: 'task',
    most: 200,
    make: (n, ids) => ({
      method: 'POST',
      path: `/leads/${turn(ids, n)}/tasks`,
      body: { name: 'Ring', due_at: '2030-01-01T10:00:00Z' },
    }),
  },
  { name: 'list', most: 500, make: () => get('/leads?limit=20') },
  { name: 'list, a status', most: 500, make: () => get('/leads?limit=20&status=New') },
  { name: 'list, an empty status', most: 500, make: () => get('/leads?limit=20&status=Won') },
  { name: 'list, a source', most: 500, make: () => get('/leads?limit=20&source=Website') },
  { name: 'list, nobody', most: 500, make: () => get('/leads?limit=20&owner=nobody') },
  { name: 'list, newest', most: 500, make: () => get('/leads?limit=20&sort=newest') },
  { name: 'list, next step', most: 500, make: () => get('/leads?limit=20&sort=next_step') },
  { name: 'search, three letters', most: 20_000, make: () => get('/leads?limit=20&q=per') },
  { name: 'search, a rare word', most: 20_000, make: (n) => get(`/leads?limit=20&q=zq${n}x`) },
  { name: 'search, a phone', most: 20_000, make: (n) => get(`/leads?limit=20&q=${7_400_000 + n}`) },
  { name: 'search, an address', most: 20_000, make: (n) => get(`/leads?limit=20&q=p${n}%40example.com`) },
];

const REPEATS = 12;

/** The same requests by a member who sees only their own leads. */
const sighted = ['open', 'timeline', 'list', 'list, a status', 'search, a phone'].map((name) => {
  const step = others.find((one) => one.name === name);
  return { ...step, name: `${name}, own sight`, isSighted: true };
});

export const hotPath = [...creations, ...others, ...sighted];

/** Sends one kind of request often enough for PostgreSQL to settle on a plan; returns how many were sent. */
export async function send(step, { load, port, tokens, cookie, start, ids, ownIds }) {
  if (step.kind) {
    const { connections, count, kind } = step;
    const { statuses } = await load.ask({ port, kind, token: tokens.get(kind), connections, count, start });
    if (Object.keys(statuses).some((status) => !/^2/.test(status)))
      throw new Error(`${step.name}: ${JSON.stringify(statuses)}`);
    return count;
  }
  for (let n = 0; n < REPEATS; n += 1) {
    const { method, path, body } = step.make(n, step.isSighted ? ownIds : ids);
    const response = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
      method,
      headers: {
        ...(step.isSighted ? { cookie } : { authorization: `Bearer ${tokens.get('native')}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${step.name}: ${response.status} ${text.slice(0, 300)}`);
  }
  return REPEATS;
}
