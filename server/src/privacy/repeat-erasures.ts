import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { addErasedKeys, hashesOf } from '../workspaces/erased/erased-keys-store.ts';
import { type Progress, stepErasure } from './erasure.ts';
import { addErasure, allErasures, allWorkspaces, getErasure, markRepeated, type Tombstone } from './erasure-store.ts';
import { recognisePerson } from './find-person.ts';
import { identifiersIn } from './identifier-search.ts';
import { readJournal } from './journal-search-store.ts';
import type { Identifier, Person } from './person.ts';
import { allKeys, readRegions } from './person-store.ts';
import { textOfBody } from './spellings.ts';
import { readTombstones, type StoredErasure, tombstonesIn } from './tombstones.ts';

interface Options {
  owner: Database;
  /** Connected as the app's role. */
  app: Database;
  /** Files with finished erasures. The first is in the data folder; erasures that it lacks are added to it. */
  files: readonly [string, ...string[]];
  now: Date;
  warn(message: string): void;
}

/**
 * Repeats the erasures that are in the files but not in the database, because an older backup was restored, and adds to
 * the first file those that it lacks. Returns how many were repeated.
 */
export async function reconcileErasures({ owner, app, files, now, warn }: Options): Promise<number> {
  const stored = new Map<string, StoredErasure>();
  for (const file of files) {
    const { erasures, damaged } = await readTombstones(file);
    for (const one of erasures) stored.set(one.id, one);
    if (damaged > 0) warn(`${file} has ${damaged} damaged lines, which cannot be repeated after a restore.`);
  }
  const workspaces = new Set(await owner.global(allWorkspaces));
  let repeated = 0;
  for (const one of stored.values()) {
    if (!workspaces.has(one.workspace_id)) continue;
    const known = await app.tx(one.workspace_id, (tx) => getErasure(tx, one.id));
    if (known?.state === 'done') continue;
    await repeat(app, one, now);
    repeated += 1;
  }
  await addMissing(owner, files[0]);
  return repeated;
}

/** Adds the database's finished erasures to a file, except those that it has. */
export async function addMissing(owner: Database, file: string): Promise<void> {
  const { erasures } = await readTombstones(file);
  const known = new Set(erasures.map(({ id }) => id));
  const tombstones = tombstonesIn(file);
  for (const { workspace_id, ...erasure } of await owner.global(allErasures))
    if (!known.has(erasure.id)) await tombstones.add(workspace_id, erasure);
}

async function repeat(database: Database, stored: StoredErasure, now: Date): Promise<void> {
  const { workspace_id: workspaceId, id, tombstone } = stored;
  if (!tombstone) return;
  const person = await recognise(database, workspaceId, tombstone);
  await database.tx(workspaceId, async (tx) => {
    if (!(await getErasure(tx, id))) await addErasure(tx, erasureOf(stored, person));
    await addErasedKeys(
      tx,
      tombstone.remembered.map((hash) => Buffer.from(hash, 'hex')),
      new Date(stored.requested_at),
    );
  });
  await runErasure(database, workspaceId, id, now);
  await database.tx(workspaceId, (tx) => markRepeated(tx, id, stored.counts, now));
}

function erasureOf({ workspace_id: _, ...stored }: StoredErasure, person: Person) {
  return {
    ...stored,
    state: 'running' as const,
    requested_at: new Date(stored.requested_at),
    finished_at: stored.finished_at ? new Date(stored.finished_at) : null,
    repeated_at: null,
    identifiers_hash: Buffer.from(stored.identifiers_hash, 'hex'),
    subject: person,
  };
}

/** Runs an erasure to the end, with one transaction per step. */
export async function runErasure(database: Database, workspaceId: string, id: string, now: Date): Promise<void> {
  let progress: Progress | undefined = { phase: 0 };
  while (progress) {
    const at: Progress = progress;
    progress = await database.tx(
      workspaceId,
      async (tx) => {
        const erasure = await getErasure(tx, id);
        return erasure && (await stepErasure(tx, erasure, at, now)).progress;
      },
      { retry: true },
    );
  }
}

/** Finds the person again by hashes and ids: their phones and emails are in the restored records. */
async function recognise(database: Database, workspaceId: string, tombstone: Tombstone): Promise<Person> {
  const secret = Buffer.from(tombstone.key, 'hex');
  const wanted = new Set(tombstone.hashes);
  const isWanted = (one: Identifier) => hashesOf(secret, one).some((hash) => wanted.has(hash.toString('hex')));
  const found = new Map<string, Identifier>();
  const add = (all: readonly Identifier[]) => {
    for (const one of all) if (isWanted(one)) found.set(`${one.kind}:${one.value}`, one);
  };
  await database.tx(workspaceId, async (tx) => add(await allKeys(tx)));
  let after: string[] | undefined = [];
  while (after) {
    const from: string | undefined = after[0];
    after = await database.tx(workspaceId, (tx) => recogniseInJournal(tx, from, add));
  }
  const identifiers = [...found.values()];
  const ofKind = (kind: string) => identifiers.flatMap((one) => (one.kind === kind ? one.value : []));
  return database.tx(workspaceId, (tx) =>
    recognisePerson(tx, { phones: ofKind('phone'), emails: ofKind('email') }, tombstone),
  );
}

async function recogniseInJournal(
  tx: Tx,
  after: string | undefined,
  add: (found: readonly Identifier[]) => void,
): Promise<string[] | undefined> {
  const regions = await readRegions(tx);
  const page = await readJournal(tx, after);
  for (const { query, body, headers } of page.requests)
    add(identifiersIn(`${query}\n${body ? textOfBody(body, headers['content-type']) : ''}`, regions));
  return page.after ? [page.after] : undefined;
}
