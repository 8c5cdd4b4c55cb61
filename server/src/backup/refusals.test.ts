import { createHash } from 'node:crypto';
import { copyFile, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { backUp, digestsOf, filledStore, targetOf, useFolder } from '../../test/backups.ts';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { markLine, type TableDigest } from './format.ts';
import { checkSchema } from './load-backup.ts';
import { checkBackup, readBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { countLines } from './rows-store.ts';
import { sealMember } from './seal.ts';

const at = useFolder();

describe('a damaged backup', () => {
  const original = () => at('whole.gz');
  beforeAll(async () => {
    const { store, close } = await filledStore(5);
    await close();
    await backUp(store, original());
  });

  test('is detected wherever a single bit is flipped', async () => {
    const bytes = await readFile(original());
    // The first and last bytes, where gzip stores data that does not affect the content, and positions in between.
    const places = [...Array(12).keys(), ...Array.from({ length: 12 }, (_, back) => bytes.length - 1 - back)];
    const step = Math.floor(bytes.length / 40);
    for (let place = 12; place < bytes.length; place += step) places.push(place);
    expect(places.length).toBeGreaterThan(60);
    for (const [turn, place] of places.entries()) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << (turn % 8)), place);
      await writeFile(at('flipped.gz'), flipped);
      await expect(checkBackup(at('flipped.gz')), `bit ${turn % 8} of byte ${place}`).rejects.toThrow(
        /damaged or cut short/,
      );
    }
  });

  test('is detected when it is cut short or has extra bytes', async () => {
    const { size } = await stat(original());
    for (const length of [0, 1, 100, size - 120, size - 1]) {
      await copyFile(original(), at('short.gz'));
      await truncate(at('short.gz'), length);
      await expect(checkBackup(at('short.gz'))).rejects.toThrow(/damaged or cut short/);
    }
    await copyFile(original(), at('long.gz'));
    const file = await open(at('long.gz'), 'a');
    await file.write('\n');
    await file.close();
    await expect(checkBackup(at('long.gz'))).rejects.toThrow(/damaged or cut short/);
  });

  test('changes nothing when it is restored', async () => {
    const { store, close } = await filledStore(1);
    await close();
    const before = await digestsOf(store.connections.owner);
    await writeFile(at('nothing.gz'), 'nothing');
    await expect(restoreBackup(at('nothing.gz'), targetOf(store), { force: true })).rejects.toThrow(
      /Nothing was changed/,
    );
    expect(await digestsOf(store.connections.owner)).toEqual(before);
  });
});

/** Copies a backup with changed rows, and with digests and a seal that fit them. */
async function copyWith(from: string, to: string, change: (line: string) => string): Promise<void> {
  const texts: string[] = [];
  const tables: TableDigest[] = [];
  let table: ReturnType<typeof countLines> | undefined;
  for await (const part of readBackup(from)) {
    if (part.kind === 'rows') {
      const lines = part.lines.map(change);
      table?.add(lines);
      texts.push(`${lines.join('\n')}\n`);
      continue;
    }
    if (table) tables.push(table.result());
    if (part.kind === 'header') texts.push(markLine('header', part.header));
    if (part.kind === 'end') texts.push(markLine('end', { ...part.manifest, tables }));
    if (part.kind !== 'table') continue;
    texts.push(markLine('table', part.table));
    table = countLines(part.table.name);
  }
  const content = gzipSync(texts.join(''));
  await writeFile(to, Buffer.concat([content, sealMember(createHash('sha256').update(content).digest('hex'))]));
}

test('rows that come back different from the backup are noticed, and none is kept', async () => {
  const { store, close } = await filledStore(1);
  await close();
  await backUp(store, at('same.gz'));
  // The number 01 is read as 1.
  await copyWith(at('same.gz'), at('other.gz'), (line) => line.replace('"touch_count":"1"', '"touch_count":"01"'));
  await checkBackup(at('other.gz'));
  const fresh = await testDatabase({ empty: true });
  await expect(restoreBackup(at('other.gz'), targetOf(fresh))).rejects.toThrow(
    'The table leads was not restored as it',
  );
  expect(await fresh.query('SELECT 1 FROM leads')).toEqual([]);
});

describe('restoring is refused', () => {
  let store: TestDatabase;
  beforeAll(async () => {
    const filled = await filledStore(2);
    await filled.close();
    store = filled.store;
    await backUp(store, at('small.gz'));
  });

  test('into a database that is not empty, unless it is forced', async () => {
    await expect(restoreBackup(at('small.gz'), targetOf(store))).rejects.toThrow(/not empty/);
    await store.query("UPDATE leads SET name = 'changed since'");
    const { tables } = await restoreBackup(at('small.gz'), targetOf(store), { force: true });
    expect(await digestsOf(store.connections.owner)).toEqual(tables);
  });

  test('while a server uses the database', async () => {
    const server = new Client({ ...store.connections.app, application_name: 'leadwell listener' });
    await server.connect();
    await expect(restoreBackup(at('small.gz'), targetOf(store), { force: true })).rejects.toThrow(/is running/);
    await server.end();
  });

  test('for a backup of a newer version or with unknown migrations', async () => {
    const { header } = await checkBackup(at('small.gz'));
    await checkSchema(header);
    const newer = { version: 9999, name: 'later', checksum: '' };
    await expect(checkSchema({ ...header, migrations: [...header.migrations, newer] })).rejects.toThrow(
      /newer than this/,
    );
    const other = { version: 1, name: 'workspaces', checksum: 'other' };
    await expect(checkSchema({ ...header, migrations: [other] })).rejects.toThrow(/does not know/);
  });

  test('for a file that does not exist', async () => {
    await expect(restoreBackup(at('none.gz'), targetOf(store))).rejects.toThrow(/There is no file/);
  });
});
