import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Erasure } from './erasure-store.ts';

/** An erasure as the file stores it: enough to repeat it, and nothing that says who was erased. */
export interface StoredErasure
  extends Omit<Erasure, 'subject' | 'identifiers_hash' | 'requested_at' | 'finished_at' | 'repeated_at'> {
  workspace_id: string;
  identifiers_hash: string;
  requested_at: string;
  finished_at: string | null;
}

/** Where finished erasures are stored outside the database, so that restoring an older backup does not lose them. */
export interface Tombstones {
  add(workspaceId: string, erasure: Erasure): Promise<void>;
}

/** For servers without a data folder, such as test servers. */
export const noTombstones: Tombstones = { add: async () => {} };

/** Name of the file in the data folder, and beside backups. */
export const TOMBSTONES = 'erasures.jsonl';

/** Appends erasures to a file, one per line, and flushes each to disk. */
export function tombstonesIn(file: string): Tombstones {
  return {
    async add(workspaceId, erasure) {
      await mkdir(dirname(file), { recursive: true });
      // Starts a new line, even if a crash cut off the last one.
      await appendFile(file, `\n${JSON.stringify(storedErasure(workspaceId, erasure))}\n`, { mode: 0o600 });
      const handle = await open(file);
      await handle.sync().finally(() => handle.close());
    },
  };
}

function storedErasure(workspaceId: string, erasure: Erasure): StoredErasure {
  const { subject: _, repeated_at: _repeated, identifiers_hash, requested_at, finished_at, ...rest } = erasure;
  return {
    workspace_id: workspaceId,
    ...rest,
    state: 'done',
    identifiers_hash: identifiers_hash.toString('hex'),
    requested_at: requested_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
  };
}

/** The erasures in a file, oldest first, each once; none if there is no file. Damaged lines are counted. */
export async function readTombstones(file: string): Promise<{ erasures: StoredErasure[]; damaged: number }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map(parse);
  const found = new Map(read.flatMap((erasure) => (erasure ? [[erasure.id, erasure]] : [])));
  return {
    erasures: [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    damaged: read.filter((erasure) => !erasure).length,
  };
}

function parse(line: string): StoredErasure | undefined {
  try {
    const value = JSON.parse(line) as StoredErasure;
    return typeof value.id === 'string' && typeof value.workspace_id === 'string' && value.tombstone
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
