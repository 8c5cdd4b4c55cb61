import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { operatorError } from '../platform/operator-error.ts';
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

/** For servers without a data folder, such as those of tests. */
export const noTombstones: Tombstones = { add: async () => {} };

/** Name of the file in the data folder, and beside backups. */
export const TOMBSTONES = 'erasures.jsonl';

/** Appends to a file, one erasure a line, flushed to disk. */
export function tombstonesIn(file: string): Tombstones {
  return {
    async add(workspaceId, erasure) {
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `${JSON.stringify(storedErasure(workspaceId, erasure))}\n`, { mode: 0o600 });
      const handle = await open(file);
      await handle.sync().finally(() => handle.close());
    },
  };
}

export function storedErasure(workspaceId: string, erasure: Erasure): StoredErasure {
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

/** The erasures in a file, each once, oldest first; none if there is no file. */
export async function readTombstones(file: string): Promise<StoredErasure[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const found = new Map<string, StoredErasure>();
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const erasure = parse(line);
    if (!erasure)
      throw operatorError(`Line ${at + 1} of ${file} is damaged. Repair or remove it: it repeats an erasure.`);
    found.set(erasure.id, erasure);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
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
