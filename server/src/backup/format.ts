/**
 * A backup is a gzip file of JSON lines. Arrays are marks: `["header", {...}]` first, `["table", {...}]` before each
 * table, `["end", {...}]` last. Objects are rows, with each value as PostgreSQL's own text and nulls left out. A second
 * gzip member follows with one line, `["seal", "<SHA-256>"]`: the digest of all bytes before it.
 */
export const FORMAT = 1;

/** A migration as recorded in the database. */
export interface AppliedMigration {
  version: number;
  name: string;
  checksum: string;
}

export interface Header {
  format: number;
  /** ISO 8601 in UTC. */
  made_at: string;
  /** The version of PostgreSQL that the backup was made from. */
  postgres: string;
  migrations: AppliedMigration[];
  /** The names of all partitions. */
  partitions: string[];
}

export interface TableMark {
  name: string;
  columns: string[];
}

/** The content of a table: its number of rows, and the SHA-256 of their lines in primary key order. */
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

/** A mark as a line, with its line feed. */
export function markLine<K extends keyof Marks>(kind: K, content: Marks[K]): string {
  return `${JSON.stringify([kind, content])}\n`;
}

export type Mark = { [K in keyof Marks]: { kind: K; content: Marks[K] } }[keyof Marks] | { kind: 'seal' };

/** Parses a mark; undefined for any other line. The file's digest has been checked, so its structure can be trusted. */
export function readMark(line: string): Mark | undefined {
  if (!line.startsWith('[')) return undefined;
  const [kind, content] = JSON.parse(line);
  return { kind, content };
}
