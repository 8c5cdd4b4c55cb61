/**
 * A backup is a gzip file of lines, each of them JSON. Arrays are marks: `["header", {...}]` first, `["table", {...}]`
 * before each table, `["end", {...}]` last. Objects are rows: every value as PostgreSQL's own text, nulls left out.
 * A second gzip member of one line, `["seal", "<SHA-256>"]`, follows; its digest is of all bytes before it.
 */
export const FORMAT = 1;

/** A migration as the ledger has it. */
export interface AppliedMigration {
  version: number;
  name: string;
  checksum: string;
}

export interface Header {
  format: number;
  /** ISO 8601, UTC. */
  made_at: string;
  /** Version of the PostgreSQL it was made from. */
  postgres: string;
  migrations: AppliedMigration[];
  /** Names of the partitions there were. */
  partitions: string[];
}

export interface TableMark {
  name: string;
  columns: string[];
}

/** What a table held: how many rows, and the SHA-256 of their lines in the order of the primary key. */
export interface TableDigest {
  name: string;
  rows: number;
  sha256: string;
}

export interface SequenceState {
  name: string;
  last_value: number;
  is_called: boolean;
}

export interface Manifest {
  tables: TableDigest[];
  sequences: SequenceState[];
}

interface Marks {
  header: Header;
  table: TableMark;
  end: Manifest;
}

/** One mark as a line, with its line feed. */
export function markLine<K extends keyof Marks>(kind: K, content: Marks[K]): string {
  return `${JSON.stringify([kind, content])}\n`;
}

export type Mark = { [K in keyof Marks]: { kind: K; content: Marks[K] } }[keyof Marks] | { kind: 'seal' };

/** Reads a mark; undefined for a line that is none. The file's digest was checked before: its shape is ours. */
export function readMark(line: string): Mark | undefined {
  if (!line.startsWith('[')) return undefined;
  const [kind, content] = JSON.parse(line);
  return { kind, content };
}
