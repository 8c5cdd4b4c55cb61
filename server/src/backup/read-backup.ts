import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { hasCode } from '../platform/database/database-errors.ts';
import { isOperatorError, operatorError } from '../platform/operator-error.ts';
import { damaged } from './damaged.ts';
import { FORMAT, type Header, type Manifest, type Mark, readMark, type TableDigest, type TableMark } from './format.ts';
import { countLines } from './rows-store.ts';
import { checkSeal } from './seal.ts';

/** The parts of a backup in order: header, tables with their rows in chunks, end. */
export type Part =
  | { kind: 'header'; header: Header }
  | { kind: 'table'; table: TableMark }
  | { kind: 'rows'; lines: string[] }
  | { kind: 'end'; manifest: Manifest };

const PORTION = { lines: 500, characters: 4_000_000 };

/** Reads the whole file and refuses one that is damaged, truncated, or in an unknown format. */
export async function checkBackup(path: string): Promise<{ header: Header; manifest: Manifest }> {
  try {
    await checkSeal(path);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? operatorError(`There is no file ${path}.`) : error;
  }
  let header: Header | undefined;
  for await (const part of readBackup(path)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind === 'end' && header) return { header, manifest: part.manifest };
  }
  throw damaged(path);
}

/**
 * Streams a backup, checking the row count and digest of each table. Throws at the end if the manifest does not match.
 */
export async function* readBackup(path: string): AsyncGenerator<Part> {
  const check = checkDigests(path);
  try {
    for await (const part of partsOf(path)) {
      check(part);
      yield part;
      if (part.kind === 'end') return;
    }
  } catch (error) {
    throw isOperatorError(error) ? error : damaged(path, error);
  }
  throw damaged(path);
}

/** Counts parts as they pass and compares the totals with the manifest at the end. */
function checkDigests(path: string): (part: Part) => void {
  const read: TableDigest[] = [];
  let table: ReturnType<typeof countLines> | undefined;
  return (part) => {
    if (part.kind === 'header' && part.header.format !== FORMAT) throw unknownFormat(path, part.header.format);
    if (part.kind === 'rows') table?.add(part.lines);
    if (part.kind !== 'table' && part.kind !== 'end') return;
    if (table) read.push(table.result());
    table = part.kind === 'table' ? countLines(part.table.name) : undefined;
    if (part.kind === 'end' && JSON.stringify(read) !== JSON.stringify(part.manifest.tables)) throw damaged(path);
  };
}

function unknownFormat(path: string, format: number): Error {
  return operatorError(
    `${path} is a backup of format ${format}; this version of Leadwell reads format ${FORMAT}. Use the version that made it.`,
  );
}

async function* partsOf(path: string): AsyncGenerator<Part> {
  let rows: string[] = [];
  let size = 0;
  for await (const lines of linesOf(path)) {
    for (const line of lines) {
      const mark = readMark(line);
      if (!mark) {
        rows.push(line);
        size += line.length;
      }
      if (rows.length > 0 && (mark || rows.length >= PORTION.lines || size >= PORTION.characters)) {
        yield { kind: 'rows', lines: rows };
        rows = [];
        size = 0;
      }
      if (mark && mark.kind !== 'seal') yield partOf(mark);
    }
  }
}

function partOf(mark: Exclude<Mark, { kind: 'seal' }>): Part {
  if (mark.kind === 'header') return { kind: 'header', header: mark.content };
  if (mark.kind === 'table') return { kind: 'table', table: mark.content };
  return { kind: 'end', manifest: mark.content };
}

/** Splits at line feeds only, because rows may contain other characters that are sometimes treated as line ends. */
async function* linesOf(path: string): AsyncGenerator<string[]> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => source.destroy());
  let rest: Buffer[] = [];
  for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) {
    const last = chunk.lastIndexOf(0x0a);
    if (last === -1) {
      rest.push(chunk);
      continue;
    }
    const text = Buffer.concat([...rest, chunk.subarray(0, last)]).toString('utf8');
    rest = [chunk.subarray(last + 1)];
    yield text.split('\n');
  }
}
