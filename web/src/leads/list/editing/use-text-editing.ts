import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import type { Lead } from '../../api/get-lead.ts';
import type { ColumnName } from '../display/use-display.ts';
import { setUnsaved, type UnsavedText, unsavedOf, useUnsavedTexts } from './unsaved-texts.ts';
import { type Lines, useHeldLines } from './use-held-lines.ts';
import type { SetText, TextField } from './use-text-change.ts';

/**
 * Where the focus goes after editing: to the row, the next or previous cell, or nowhere because it has moved already.
 */
export type TextStep = 'stay' | 'on' | 'back' | 'leave';

interface Written {
  /** The lead as it was when editing began. */
  lead: Lead;
  field: TextField;
  /** What was typed before, if it could not be saved. */
  unsaved?: UnsavedText | undefined;
}

/** The cell being edited, and the functions to begin and end it. */
export interface TextEditing {
  now: Written | undefined;
  /** The lines of the list, which stay in their places while a cell is edited. */
  lines: Lines;
  /** The texts that could not be saved; their cells show them until they are. */
  unsaved: readonly UnsavedText[];
  /** `clicked`: editing begins with a double click, whose first click has opened the lead. */
  begin(lead: Lead, field: TextField, clicked?: boolean): void;
  end(written: Written, typed: string | undefined, step: TextStep): void;
}

const fieldOf: Partial<Record<ColumnName, TextField>> = { lead: 'name', company: 'company_name' };

interface Options {
  rows: readonly Lead[];
  inserts?: Lines['inserts'];
  columns: readonly ColumnName[];
  box: RefObject<HTMLElement | null>;
  setText: SetText;
  /** Closes the lead that the first click opened. */
  onClose: () => void;
}

/** Edits text cells, one after another. */
export function useTextEditing({ columns, box, setText, onClose, ...current }: Options): TextEditing {
  const [now, setNow] = useState<Written>();
  const unsaved = useUnsavedTexts();
  const lines = useHeldLines({ rows: current.rows, inserts: current.inserts }, now !== undefined);
  const { rows } = lines;
  const fields = columns.flatMap((column) => fieldOf[column] ?? []);
  const neighbour = ({ lead, field }: Written, step: 1 | -1): Written | undefined => {
    const row = rows.findIndex(({ id }) => id === lead.id);
    const at = row * fields.length + fields.indexOf(field) + step;
    const next = rows[Math.floor(at / fields.length)];
    const nextField = fields[at % fields.length];
    return row >= 0 && at >= 0 && next && nextField ? { lead: next, field: nextField } : undefined;
  };
  const withUnsaved = (cell: Written): Written => {
    const text = unsavedOf(unsaved, cell);
    return text ? { lead: text.lead, field: text.field, unsaved: text } : cell;
  };
  const latest = useRef({ now, rows });
  latest.current = { now, rows };
  const save = async ({ lead, field }: Written, typed: string, step: TextStep) => {
    const problem = await setText(lead, field, typed);
    if (!problem) return setUnsaved({ lead, field });
    const text = { lead, field, typed, isRefused: problem.isRefusal };
    setUnsaved(text, text);
    const { now: other, rows: shown } = latest.current;
    if (step === 'stay' && !other && hasFocus(box.current, shown, lead)) setNow({ lead, field, unsaved: text });
  };
  return {
    now,
    lines,
    unsaved,
    begin(lead, field, clicked = false) {
      setNow(withUnsaved({ lead, field }));
      if (clicked) onClose();
    },
    end(written, typed, step) {
      const next = step === 'on' ? neighbour(written, 1) : step === 'back' ? neighbour(written, -1) : undefined;
      setNow(next && withUnsaved(next));
      if (!next && step !== 'leave') focusRow(box.current, rows, written.lead);
      if (typed === undefined) setUnsaved(written);
      // A refused text is not sent again until it is changed.
      else if (!written.unsaved?.isRefused || typed !== written.unsaved.typed) void save(written, typed, step);
    },
  };
}

function rowOf(box: HTMLElement | null, rows: readonly Lead[], lead: Lead): HTMLElement | null | undefined {
  const at = rows.findIndex(({ id }) => id === lead.id);
  return box?.querySelector<HTMLElement>(`[data-at="${at}"]`);
}

/** Whether the row of a lead has the focus still, so that nobody is interrupted if its editor takes it. */
function hasFocus(box: HTMLElement | null, rows: readonly Lead[], lead: Lead): boolean {
  const row = rowOf(box, rows, lead);
  return row !== null && row === document.activeElement;
}

function focusRow(box: HTMLElement | null, rows: readonly Lead[], lead: Lead): void {
  rowOf(box, rows, lead)?.focus({ preventScroll: true });
}

/** Left and right move between a row and its text cells; Enter and F2 begin to edit. */
export function textKeys(editing: TextEditing, leadAt: (row: HTMLElement) => Lead | undefined) {
  return (event: KeyboardEvent) => {
    const at = placeOf(event);
    if (!at) return;
    const { row, texts, place } = at;
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      move(row, texts, place + (event.key === 'ArrowRight' ? 1 : -1));
    } else if (event.key === 'F2' || (event.key === 'Enter' && place >= 0)) {
      event.preventDefault();
      const lead = leadAt(row);
      if (lead) editing.begin(lead, fieldIn(texts[Math.max(0, place)]));
    }
  };
}

/** What has the focus within a row: the row itself (-1) or one of its text cells. */
function placeOf({ target, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  if (!(target instanceof HTMLElement) || ctrlKey || metaKey || altKey) return undefined;
  const row = target.closest<HTMLElement>('[role="row"][data-at]');
  if (!row) return undefined;
  const texts = [...row.querySelectorAll<HTMLElement>('[data-field]')];
  const place = texts.indexOf(target);
  return target === row || place >= 0 ? { row, texts, place } : undefined;
}

function move(row: HTMLElement, texts: readonly HTMLElement[], place: number): void {
  const to = place < 0 ? row : (texts[place] ?? texts.at(-1));
  to?.focus();
}

function fieldIn(text: HTMLElement | undefined): TextField {
  return text?.dataset['field'] === 'company_name' ? 'company_name' : 'name';
}
