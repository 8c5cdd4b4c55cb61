import { type RefObject, useState } from 'react';
import type { Lead } from '../../api/get-lead.ts';
import type { EditableCell } from '../cells/cells.tsx';

/** The cell being changed and its place on the page. */
export interface CellEdit {
  lead: Lead;
  cell: EditableCell;
  place: { left: number; top: number; width: number; height: number };
  /** The element that gets the focus back. */
  back: HTMLElement;
}

/** The cell whose menu is open, and the functions that open it by click or by key. */
export function useCellEdit(box: RefObject<HTMLElement | null>, rows: readonly Lead[]) {
  const [edit, setEdit] = useState<CellEdit>();
  const ask = (lead: Lead, cell: EditableCell, anchor: HTMLElement) => {
    const { left, top, width, height } = anchor.getBoundingClientRect();
    const back = anchor.closest<HTMLElement>('[role="row"]') ?? anchor;
    setEdit({ lead, cell, back, place: { left, top, width, height } });
  };
  const askByKey = (lead: Lead, cell: EditableCell) => {
    const row = box.current?.querySelector<HTMLElement>(`[data-at="${rows.findIndex(({ id }) => id === lead.id)}"]`);
    if (row) ask(lead, cell, row.querySelector<HTMLElement>(`[data-cell="${cell}"]`) ?? row);
  };
  return { edit, ask, askByKey, endEdit: () => setEdit(undefined) };
}
