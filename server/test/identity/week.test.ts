import type { InjectOptions } from 'fastify';
import { expect, test } from 'vitest';
import { typeId } from '../../src/platform/ids.ts';
import { client, testWorld } from '../world.ts';
import { chanceFrom, countries, inventPeople, type Person } from './week/people.ts';
import { arrival, followUp } from './week/requests.ts';

const REQUESTS = Number(process.env['WEEK'] ?? 120);
const SEED = Number(process.env['WEEK_SEED'] ?? 9);
/** The most requests sent at once, each about a different person. */
const AT_ONCE = 48;

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const tokens = new Map<string, string>();
for (const dialect of ['ispcrm', 'getlead', 'dialler', 'overplane', 'overplane merging', 'crmcom', 'native'])
  for (const { region } of countries) tokens.set(`${dialect} ${region}`, await makeToken(dialect, region));
function makeToken(text: string, region: string): Promise<string> {
  const [dialect = '', merges] = text.split(' ');
  return world.token(dialect, { region, ...(merges && { policy: 'merge' as const }) });
}
const token = (dialect: string, region: string) => tokens.get(`${dialect} ${region}`) ?? '';

const chance = chanceFrom(SEED);
const people = inventPeople(Math.ceil(REQUESTS / 6), chance);
const personBy = new Map(people.map((person) => [person.id, person]));
let refused = 0;

async function send(person: Person, request: InjectOptions): Promise<void> {
  const headers = { ...request.headers, 'user-agent': `person ${person.id}` };
  let reply = await world.app.inject({ ...request, headers });
  // Clients try again when the server is busy.
  for (let tries = 0; reply.statusCode === 503 && tries < 50; tries += 1)
    reply = await world.app.inject({ ...request, headers });
  expect(reply.statusCode, reply.body).toBeLessThan(500);
  if (reply.statusCode >= 400) refused += 1;
}

/** Sends requests about people who each arrive several times, but never twice at once; some requests are repeated. */
async function live(): Promise<void> {
  for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
    const now = new Set(Array.from({ length: Math.min(AT_ONCE, REQUESTS - sent) }, () => chance.of(people)));
    const requests = [...now].map((person) => {
      const isKnown = person.kind === 'phone' && chance.in100(10);
      const request = isKnown ? followUp(person, chance, token) : arrival(person, chance, token);
      return { person, request, isTwice: chance.in100(5) };
    });
    await Promise.all(
      requests.map(async ({ person, request, isTwice }) => {
        await send(person, request);
        if (isTwice) await send(person, request);
      }),
    );
  }
}

/** The results according to the journal: the people of each lead, and the leads of each person. */
async function outcome() {
  const rows = await world.query<{ person: number; lead_id: string }>(
    `SELECT DISTINCT substring(headers ->> 'user-agent' from 8)::int AS person, lead_id FROM submissions
     WHERE lead_id IS NOT NULL AND headers ->> 'user-agent' LIKE 'person %'`,
  );
  const peopleOf = new Map<string, number[]>();
  const leadsOf = new Map<number, string[]>();
  for (const { person, lead_id } of rows) {
    peopleOf.set(lead_id, [...(peopleOf.get(lead_id) ?? []), person]);
    leadsOf.set(person, [...(leadsOf.get(person) ?? []), lead_id]);
  }
  return { peopleOf, leadsOf };
}

/** The keys of every lead: leads that share one are possible duplicates of each other. */
async function keysOfLeads(): Promise<Map<string, string[]>> {
  const rows = await world.query<{ lead_id: string; key: string }>(
    `SELECT lead_id, kind || value AS key FROM lead_keys UNION ALL SELECT lead_id, kind || value FROM lead_twins`,
  );
  const keysOf = new Map<string, string[]>();
  for (const { lead_id, key } of rows) keysOf.set(lead_id, [...(keysOf.get(lead_id) ?? []), key]);
  return keysOf;
}

/** Whether all of a person's leads are connected with each other as possible duplicates. */
function areFlagged(leads: readonly string[], keysOf: ReadonlyMap<string, string[]>): boolean {
  const [first = '', ...rest] = leads;
  const reached = new Set(keysOf.get(first));
  const apart = new Set(rest);
  for (let before = -1; apart.size !== before; ) {
    before = apart.size;
    for (const id of apart) {
      const keys = keysOf.get(id) ?? [];
      if (!keys.some((key) => reached.has(key))) continue;
      for (const key of keys) reached.add(key);
      apart.delete(id);
    }
  }
  return apart.size === 0;
}

async function showsDuplicates(leadId: string): Promise<boolean> {
  const { body } = await ask('GET', `/leads/${typeId('lead', leadId)}/possible-duplicates`);
  return body.data.length > 0;
}

function wordPerson(id: number): string {
  const { phone, ...person }: Partial<Person> = personBy.get(id) ?? {};
  return JSON.stringify({ ...person, phone: `+${phone?.country.code} ${phone?.national}` });
}

test(
  'a week of requests makes one lead per person, or several that are flagged, and none of two people',
  async () => {
    await live();
    const { peopleOf, leadsOf } = await outcome();
    expect(leadsOf.size).toBeGreaterThan(people.length * 0.9);
    const shared = [...peopleOf].filter(([, persons]) => persons.length > 1);
    expect(shared.map(([, persons]) => persons.map(wordPerson))).toEqual([]);
    const keysOf = await keysOfLeads();
    const several = [...leadsOf].filter(([, leads]) => leads.length > 1);
    const apart = several.filter(([, leads]) => !areFlagged(leads, keysOf));
    expect(apart.map(([person]) => wordPerson(person))).toEqual([]);
    for (const [, leads] of several.slice(0, 20)) expect(await showsDuplicates(leads[0] ?? '')).toBe(true);
    if (process.env['WEEK'])
      process.stdout.write(`${leadsOf.size} people, ${peopleOf.size} leads, ${refused} requests refused.\n`);
  },
  Math.max(120_000, REQUESTS * 60),
);
