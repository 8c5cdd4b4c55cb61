import { expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';

test('intake health counts only requests that were meant to create a lead', async () => {
  const world = await testWorld();
  const partner = client(world, world.tokens.get('native'));
  const day = new Date().toISOString().slice(0, 10);
  await partner('POST', '/leads', { name: 'Ann', phone: '+44 20 7946 0123' });
  await partner('POST', '/leads', { name: 'Ben', email: 'none' });
  await partner('GET', '/leads');
  const { status, body } = await partner('GET', `/reports/intake?from=${day}&to=${day}`);
  expect(status).toBe(200);
  expect(body.totals).toEqual({ accepted: 1, matched: 0, refused: 1, test: 0, refusal_rate: 0.5 });
  expect(body.rows).toMatchObject([{ dialect: 'native', accepted: 1, refused: 1 }]);
});
