import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { builtWeb } from './built-web.ts';

interface Part {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  isEntry?: boolean;
  isDynamicEntry?: boolean;
}

const kB = 1000;
let folder = '';
let parts: Record<string, Part> = {};

beforeAll(async () => {
  folder = await builtWeb();
  parts = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
}, 120_000);

const sizes = new Map<string, number>();
function zipped(file: string): number {
  const size = sizes.get(file) ?? gzipSync(readFileSync(join(folder, file))).length;
  sizes.set(file, size);
  return size;
}

/** A chunk and everything that must be loaded before it can run. */
function whole(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of parts[key]?.imports ?? []) whole(next, seen);
  return seen;
}

const sum = (files: Iterable<string>) => [...new Set(files)].reduce((total, file) => total + zipped(file), 0);
const scripts = (keys: Iterable<string>) => [...keys].flatMap((key) => parts[key]?.file ?? []);
const styles = (keys: Iterable<string>) => [...keys].flatMap((key) => parts[key]?.css ?? []);
const first = () => whole('index.html');

test('what every page loads first is at most 260 kB of script and 30 kB of style', () => {
  expect(sum(scripts(first()))).toBeLessThan(260 * kB);
  expect(sum(styles(first()))).toBeLessThan(30 * kB);
});

test('no screen needs more than 15 scripts to be shown first', () => {
  const screens = Object.keys(parts).filter((key) => parts[key]?.isDynamicEntry);
  expect(screens.length).toBeGreaterThan(20);
  const many = screens.filter((key) => new Set(scripts([...first(), ...whole(key)])).size > 14);
  expect(many).toEqual([]);
});

test('what is loaded later is at most 70 kB at a time, and 140 kB with charts', () => {
  const known = first();
  const heavy = Object.entries(parts)
    .filter(([, part]) => part.isDynamicEntry)
    .map(([key]) => {
      const own = [...whole(key)].filter((one) => !known.has(one));
      const limit = own.some((one) => /chart/i.test(parts[one]?.file ?? '')) ? 140 : 70;
      return { key, kB: Math.round(sum(scripts(own)) / kB), limit };
    })
    .filter((one) => one.kB > one.limit);
  expect(heavy).toEqual([]);
});

test('every script and style of size has its compressed twins', () => {
  const files = Object.values(parts).flatMap(({ file, css = [] }) => [file, ...css]);
  const large = files.filter((file) => /[.](js|css)$/.test(file) && readFileSync(join(folder, file)).length >= 1024);
  expect(large.length).toBeGreaterThan(1);
  for (const file of large) {
    expect(zipped(`${file}.br`)).toBeGreaterThan(0);
    expect(zipped(`${file}.gz`)).toBeGreaterThan(0);
  }
});
