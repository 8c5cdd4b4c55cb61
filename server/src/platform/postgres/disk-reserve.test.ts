import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DiskReserve, FLOOR_BYTES, keepDiskReserve, RESERVE_BYTES } from './disk-reserve.ts';

// `npm run prove:disk` fills a real disk; here the free space is only simulated.
let folder: string;
let free: number;
let reserve: DiskReserve;
let said: string[];

const held = async () => (await stat(join(folder, 'reserve')).catch(() => undefined))?.size;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lw-'));
  free = 2 ** 40;
  said = [];
  const warn = (text: string) => void said.push(text);
  const log = { info: () => {}, warn, error: warn };
  reserve = await keepDiskReserve(folder, { log, free: async () => free, intervalMs: 5 });
  await expect.poll(held).toBe(RESERVE_BYTES);
});

afterEach(async () => {
  await reserve.close();
  await rm(folder, { recursive: true });
});

test('below the floor of free space, leads are refused but the reserve is kept', async () => {
  expect(reserve.isLow()).toBe(false);
  free = FLOOR_BYTES - 1;
  await expect.poll(() => reserve.isLow()).toBe(true);
  expect(await held()).toBe(RESERVE_BYTES);
  free = FLOOR_BYTES + 1;
  await expect.poll(() => said).toEqual([expect.stringContaining('almost full')]);
  expect(reserve.isLow()).toBe(true);
  free = 2 ** 40;
  await expect.poll(() => reserve.isLow()).toBe(false);
});

test('with hardly any space left, the reserve is released, and leads are refused until it is back', async () => {
  free = 1;
  await expect.poll(held).toBeUndefined();
  free = RESERVE_BYTES + 1;
  await expect.poll(() => said).toHaveLength(1);
  expect(reserve.isLow()).toBe(true);
  free = 2 ** 40;
  await expect.poll(() => reserve.isLow()).toBe(false);
  expect(await held()).toBe(RESERVE_BYTES);
});

test('when PostgreSQL reports a full disk, the reserve is released at once', async () => {
  free = FLOOR_BYTES + 1;
  await reserve.spend();
  expect({ held: await held(), isLow: reserve.isLow() }).toEqual({ held: undefined, isLow: true });
});
