import { beforeAll, expect, test } from 'vitest';
import { client, testWorld, type World } from '../../test/world.ts';

interface Kept {
  dialect: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  outcome: string;
  status_code: number;
  answer: string;
  problem: { kind: string; issues?: { at: string; code: string }[] } | null;
}

let world: World;
let kept: Kept[];

/** Collects the requests stored as sample data in one world, to send them to another as real requests. */
beforeAll(async () => {
  const made = await testWorld();
  await client(made, { cookie: await made.signIn(made.ownerId) })('POST', '/demo', { leads: 700 });
  await made.parts.jobs.runDue();
  kept = await made.query<Kept & object>(
    `SELECT DISTINCT ON (dialect, outcome, problem::text) dialect, path, headers, body, outcome, status_code, answer, problem
     FROM submissions WHERE outcome <> 'merged' ORDER BY dialect, outcome, problem::text, id`,
  );
  world = await testWorld();
  for (const name of ['Google Ads', 'Facebook', 'Referral', 'Trade fair'])
    await client(world, world.tokens.get('native'))('POST', '/sources', { name });
});

async function send({ dialect, path, headers, body }: Kept) {
  const token = world.tokens.get(dialect) ?? '';
  const reply = await world.app.inject({
    method: 'POST',
    url: path + ({ getlead: `?token=${token}`, dialler: `?key=${token}` }[dialect] ?? ''),
    headers: { 'content-type': headers['content-type'] ?? '', authorization: `Bearer ${token}` },
    payload: body.toString().replace('[redacted]', token),
  });
  const [row] = await world.query<Kept & object>(
    'SELECT outcome, status_code, answer, problem FROM submissions ORDER BY received_at DESC, id DESC LIMIT 1',
  );
  return { status: reply.statusCode, text: reply.body, row };
}

test('accepted sample requests cover all dialects, and refused ones at least four', () => {
  const dialects = (outcome: string) => [
    ...new Set(kept.filter((one) => one.outcome === outcome).map((one) => one.dialect)),
  ];
  expect(dialects('accepted')).toEqual(['crmcom', 'dialler', 'getlead', 'ispcrm', 'native', 'overplane']);
  expect(dialects('refused').length).toBeGreaterThanOrEqual(4);
});

test('an accepted sample request is also accepted when sent for real, with the same status', async () => {
  for (const one of kept.filter(({ outcome }) => outcome === 'accepted')) {
    const { status, row, text } = await send(one);
    expect(row, `${one.dialect} ${text}`).toMatchObject({ outcome: 'accepted', status_code: one.status_code });
    expect(status).toBe(one.status_code);
  }
});

test('a refused sample request gets the same reply when sent for real', async () => {
  for (const one of kept.filter(({ outcome }) => outcome === 'refused')) {
    const { row, text } = await send(one);
    expect(row, `${one.dialect} ${text}`).toMatchObject({ outcome: 'refused', status_code: one.status_code });
    expect(text.replace(/"instance":"[^"]*",/, '')).toBe(one.answer);
    expect(row?.problem?.kind).toBe(one.problem?.kind);
    expect(row?.problem?.issues?.map(({ at, code }) => `${at} ${code}`)).toEqual(
      one.problem?.issues?.map(({ at, code }) => `${at} ${code}`),
    );
  }
});
