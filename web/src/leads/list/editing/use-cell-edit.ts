import { type RefObject, useState } from 'react';
import type { Lead } from '../../api/get-lead.ts';
import type { EditableCell } from '../cells/cells.tsx';
import { type Lines, useHeldLines } from './use-held-lines.ts';

/** The cell being changed and its place on the page. */
export interface CellEdit {
  lead: Lead;
  cell: EditableCell;
  place: { left: number; top: number; width: number; height: number };
  /** The element that gets the focus back. */
  back: HTMLElement;
}

/** The cell whose menu is open, the functions that open it by click or by key, and the lines, held while it is open. */
export function useCellEdit(box: RefObject<HTMLElement | null>, now: Lines) {
  const [edit, setEdit] = useState<CellEdit>();
  const lines = useHeldLines(now, edit !== undefined);
  const ask = (lead: Lead, cell: EditableCell, anchor: HTMLElement) => {
    const { left, top, width, height } = anchor.getBoundingClientRect();
    const back = anchor.closest<HTMLElement>('[role="row"]') ?? anchor;
    setEdit({ lead, cell, back, place: { left, top, width, height } });
  };
  const askByKey = (lead: Lead, cell: EditableCell) => {
    const row = box.current?.querySelector<HTMLElement>(
      `[data-at="${lines.rows.findIndex(({ id }) => id === lead.id)}"]`,
    );
    if (row) ask(lead, cell, row.querySelector<HTMLElement>(`[data-cell="${cell}"]`) ?? row);
  };
  return { edit, ask, askByKey, endEdit: () => setEdit(undefined), lines };
}
