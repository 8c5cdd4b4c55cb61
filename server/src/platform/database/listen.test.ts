import { expect, test } from 'vitest';
import { ask, dataFolder, start, useClusters } from '../../../test/clusters.ts';
import { pause } from '../time/wait.ts';
import type { Connection } from './connection.ts';
import { listenTo } from './listen.ts';

useClusters();

const listeners = async (connection: Connection): Promise<number> =>
  (await ask(connection, "SELECT FROM pg_stat_activity WHERE application_name = 'leadwell listener'")).length;

test('after every outage there is one listener again, and it reports one possible gap', async () => {
  const folder = await dataFolder();
  let cluster = await start(folder);
  const heard: string[] = [];
  let gaps = 0;
  const listening = await listenTo(cluster.app, 'news', {
    onMessage: (payload) => heard.push(payload),
    onGap: () => {
      gaps += 1;
    },
  });
  for (const [outage, seconds] of [1, 4, 2].entries()) {
    await cluster.stop();
    await pause(seconds * 1000);
    cluster = await start(folder);
    await expect.poll(() => gaps).toBe(outage + 1);
    await ask(cluster.app, `NOTIFY news, 'after outage ${outage}'`);
    await expect.poll(() => heard.at(-1)).toBe(`after outage ${outage}`);
    expect(await listeners(cluster.superuser)).toBe(1);
    expect(gaps).toBe(outage + 1);
  }
  expect(heard).toHaveLength(3);
  await listening.close();
  await expect.poll(() => listeners(cluster.superuser)).toBe(0);
  await cluster.stop();
});

test('a listener closed during an outage ends at once and does not come back', async () => {
  const folder = await dataFolder();
  let cluster = await start(folder);
  const never = () => expect.unreachable();
  const listening = await listenTo(cluster.app, 'news', { onMessage: never, onGap: never });
  await cluster.stop();
  await listening.close();
  cluster = await start(folder);
  expect(await listeners(cluster.superuser)).toBe(0);
  await cluster.stop();
});
