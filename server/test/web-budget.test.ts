import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { builtWeb } from './built-web.ts';

interface Part {
  file: string;
  name?: string;
  assets?: string[];
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

/** The number of bytes sent to a browser: those of the Brotli twin, if there is one. */
function asSent(file: string): number {
  const twin = join(folder, `${file}.br`);
  return readFileSync(existsSync(twin) ? twin : join(folder, file)).length;
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
const list = () => [...first(), ...whole(Object.keys(parts).find((key) => parts[key]?.name === 'list') ?? '')];

test('every page first loads at most 160 kB of scripts and 22 kB of styles', () => {
  expect(sum(scripts(first()))).toBeLessThan(160 * kB);
  expect(sum(styles(first()))).toBeLessThan(22 * kB);
});

// Including its data (20 kB for a screenful of leads) and the headers of 16 responses, this stays below 260 kB.
test('the list of leads needs at most 220 kB of scripts, styles and the font, in at most 6 scripts', () => {
  expect(new Set(scripts(list())).size).toBeLessThanOrEqual(6);
  const fonts = parts['index.html']?.assets?.filter((file) => file.endsWith('.woff2')) ?? [];
  expect(fonts.length).toBe(1);
  const sent = [...new Set([...scripts(list()), ...styles(list()), ...fonts])].map(asSent);
  expect(sent.reduce((total, bytes) => total + bytes, 0)).toBeLessThan(220 * kB);
  expect(fonts.map(asSent)[0]).toBeLessThan(20 * kB);
});

test('no screen needs more than 14 scripts before it is shown', () => {
  const screens = Object.keys(parts).filter((key) => parts[key]?.isDynamicEntry);
  expect(screens.length).toBeGreaterThan(20);
  const many = screens.filter((key) => new Set(scripts([...first(), ...whole(key)])).size > 14);
  expect(many).toEqual([]);
});

test('a screen needs at most 320 kB of scripts in total, and 415 kB with charts', () => {
  const heavy = Object.entries(parts)
    .filter(([, part]) => part.isDynamicEntry)
    .map(([key]) => {
      const all = [...new Set([...first(), ...whole(key)])];
      const limit = all.some((one) => /chart/i.test(parts[one]?.file ?? '')) ? 415 : 320;
      return { key, kB: Math.round(sum(scripts(all)) / kB), limit };
    })
    .filter((one) => one.kB > one.limit);
  expect(heavy).toEqual([]);
});

test('every script and style of 1 KiB or more has compressed copies', () => {
  const files = Object.values(parts).flatMap(({ file, css = [] }) => [file, ...css]);
  const large = files.filter((file) => /[.](js|css)$/.test(file) && readFileSync(join(folder, file)).length >= 1024);
  expect(large.length).toBeGreaterThan(1);
  for (const file of large) {
    expect(zipped(`${file}.br`)).toBeGreaterThan(0);
    expect(zipped(`${file}.gz`)).toBeGreaterThan(0);
  }
});
