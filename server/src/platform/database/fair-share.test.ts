import { expect, test } from 'vitest';
import { FairShare } from './fair-share.ts';

test('a place is not passed on to somebody who has given up waiting for it', async () => {
  const share = new FairShare(1, 20);
  await share.enter('one');
  for (let times = 0; times < 3; times += 1) await expect(share.enter('one')).rejects.toThrow('timeout exceeded');
  share.leave('one');
  await share.enter('one');
  const next = share.enter('one');
  share.leave('one');
  await next;
});
