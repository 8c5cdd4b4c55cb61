import { type RefObject, useState } from 'react';
import type { Lead } from '../../api/get-lead.ts';
import type { EditableCell } from '../cells/cells.tsx';
import type { CellEdit } from './cell-menu.tsx';

/** Which cell's menu is open, and the ways to open one: at what was pressed, or by a key at the cell of a row. */
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
