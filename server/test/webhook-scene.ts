import { afterAll, beforeEach, expect } from 'vitest';
import { openReceiver, toThisMachine } from './receiver.ts';
import { client, type Reply, testWorld } from './world.ts';

/** A world that sends webhooks to a receiver on this machine; every test starts without webhooks. */
export async function webhookScene(webhookRetrySeconds: readonly number[]) {
  const world = await testWorld({ egress: toThisMachine, webhookRetrySeconds });
  const ask = client(world, world.tokens.get('native'));
  const receiver = await openReceiver();
  afterAll(receiver.close);
  beforeEach(async () => {
    for (const { id } of (await ask('GET', '/webhooks')).body.data) await ask('DELETE', `/webhooks/${id}`);
    receiver.reset();
    world.setClock(undefined);
  });
  const deliveries = async (id: string, query = '') =>
    (await ask('GET', `/webhooks/${id}/deliveries${query}`)).body.data;
  return {
    world,
    ask,
    receiver,
    /** Creates a webhook for new leads. */
    async hook(more: object = {}): Promise<Reply['body']> {
      const reply = await ask('POST', '/webhooks', { url: `${receiver.url}/a`, events: ['lead.created'], ...more });
      expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
      return reply.body;
    },
    lead: async (more: object = {}) => (await ask('POST', '/leads', { name: 'Ann Lead', ...more })).body,
    deliveries,
    states: async (id: string) => (await deliveries(id)).map(({ state }: Reply['body']) => state),
    /** Polls until the expectation holds. */
    until: (check: () => unknown) => expect.poll(check, { interval: 10, timeout: 15_000 }),
  };
}
