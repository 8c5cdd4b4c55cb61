import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RequestPage } from '../api/get-request.ts';
import classes from './pairs-editor.module.css';

interface Props {
  text: string;
  faults: RequestPage['errors'];
  canEdit: boolean;
  /** Called with undefined when the text is again as it was sent. */
  onChange: (text: string | undefined) => void;
}

const REDACTED = '[redacted]';

/** Edits a form body or a query string row by row; missing fields get a row of their own. */
export function PairsEditor({ text, faults, canEdit, onChange }: Props) {
  const [rows, setRows] = useState(() => withMissing(readPairs(text), faults));
  const change = (key: number, value: string) => {
    const now = rows.map((row) => (row.key === key ? { ...row, value, raw: undefined } : row));
    setRows(now);
    const written = writePairs(now);
    onChange(written === text ? undefined : written);
  };
  if (rows.every(({ value }) => value === REDACTED)) return <p className={classes.only}>{text}</p>;
  return (
    <div className={classes.rows}>
      {rows.map((row) => {
        const fault = isTouched(row) ? undefined : faults.find(({ field }) => field === row.name);
        const id = `pair-${row.key}-${row.name}`;
        return (
          <div key={row.key} className={classes.row} data-bad={fault !== undefined || undefined}>
            <label htmlFor={id} className={classes.name}>
              {row.name}
            </label>
            <TextInput
              id={id}
              value={row.value}
              readOnly={!canEdit || row.value === REDACTED}
              error={fault?.rule}
              onChange={({ currentTarget }) => change(row.key, currentTarget.value)}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Whether the value was edited, and is therefore no longer the one that was refused. */
function isTouched({ raw, value }: PairRow): boolean {
  return raw === undefined && value !== '';
}

function withMissing(rows: PairRow[], faults: Props['faults']): PairRow[] {
  const missing = faults.filter(({ field, value }) => field !== '' && value === null);
  const added = missing.filter(({ field }) => !rows.some(({ name }) => name === field));
  return [...rows, ...added.map(({ field }, at) => ({ key: rows.length + at, name: field, value: '' }))];
}

/** One `name=value` of a form or query, raw and decoded. */
interface PairRow {
  key: number;
  name: string;
  value: string;
  /**
   * The pair as it was sent, so that an untouched row is sent again byte for byte; undefined for new or edited rows.
   */
  raw?: string | undefined;
}

/** Reads `a=1&b=2` into rows. */
function readPairs(text: string): PairRow[] {
  if (text === '') return [];
  return text.split('&').map((raw, key) => {
    const equals = raw.indexOf('=');
    const name = equals === -1 ? raw : raw.slice(0, equals);
    return { key, name: decode(name), value: equals === -1 ? '' : decode(raw.slice(equals + 1)), raw };
  });
}

/** Writes rows as `a=1&b=2`; new rows without a value are left out. */
function writePairs(rows: readonly PairRow[]): string {
  return rows
    .filter(({ raw, value }) => raw !== undefined || value !== '')
    .map(({ raw, name, value }) => raw ?? `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function decode(part: string): string {
  const spaced = part.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
