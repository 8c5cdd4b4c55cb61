import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { useMay, useMe } from '../../app/session.ts';
import { useMinute } from '../../ui/times.ts';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { useStatuses } from '../book.ts';
import type { LeadFilters } from '../filters.ts';
import type { Lead } from '../lead/lead-queries.ts';
import { type CellEdit, CellMenu } from './cell-menu.tsx';
import type { EditableCell } from './cells.tsx';
import { leadColumns } from './lead-columns.tsx';
import classes from './lead-grid.module.css';
import { PhoneList } from './phone-list.tsx';
import { type Display, densities } from './use-display.ts';
import { useLeadEdits } from './use-lead-edits.ts';
import { useListKeys } from './use-list-keys.ts';
import type { Selection } from './use-selection.ts';

interface Props {
  rows: readonly Lead[];
  /** How many there are in all; -1 when nobody knows. */
  total: number;
  filters: LeadFilters;
  display: Display;
  selection: Selection;
  isPhone: boolean;
  openId: string | undefined;
  onOpen: (lead: Lead) => void;
  onNearEnd: () => void;
  /** Shows rows that were changed. */
  onShow: (changed: ReadonlyMap<string, Lead>) => void;
  onSort: (sort: LeadFilters['sort']) => void;
}

/** The rows of the list, with one menu for all their cells; cards on phones. */
export function LeadGrid(props: Props) {
  const { rows, total, filters, display, selection, isPhone, openId, onOpen, onNearEnd, onShow, onSort } = props;
  const box = useRef<HTMLDivElement>(null);
  const active = useRef<Lead>(undefined);
  const [edit, setEdit] = useState<CellEdit>();
  const now = useMinute();
  const statuses = useStatuses();
  const { currency } = useMe().workspace;
  const mayWork = useMay('work leads');
  const edits = useLeadEdits(onShow);
  const ask = (lead: Lead, cell: EditableCell, anchor: HTMLElement) => {
    const { left, top, width, height } = anchor.getBoundingClientRect();
    const back = anchor.closest<HTMLElement>('[role="row"]') ?? anchor;
    setEdit({ lead, cell, back, place: { left, top, width, height } });
  };
  useListKeys({
    active: () => active.current ?? rows[0],
    selection,
    onEdit: (lead, cell) => {
      const row = box.current?.querySelector<HTMLElement>(`[data-at="${rows.findIndex(({ id }) => id === lead.id)}"]`);
      if (row) ask(lead, cell, row.querySelector<HTMLElement>(`[data-cell="${cell}"]`) ?? row);
    },
    onOpen,
    alone: openId === undefined && selection.ids.size < 2 && !selection.all,
  });
  const noteActive = useCallback((lead: Lead | undefined) => {
    active.current = lead;
  }, []);
  const selectByKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    selection.selectShown();
  };
  if (isPhone) return <PhoneList rows={rows} statuses={statuses} now={now} onNearEnd={onNearEnd} />;
  const columns = leadColumns(display.columns, {
    now,
    currency,
    statuses,
    sought: filters.q,
    sort: filters.sort,
    selection,
    onAsk: mayWork ? ask : undefined,
    onSort,
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl A selects the rows of the grid within
    <div ref={box} className={classes.box} onKeyDown={selectByKey}>
      <VirtualRows
        label="Leads"
        columns={columns}
        rows={rows}
        total={total}
        rowHeight={densities[display.density]}
        idOf={({ id }) => id}
        openId={openId}
        selected={selection.ids}
        onOpen={onOpen}
        onNearEnd={onNearEnd}
        onActive={noteActive}
      />
      {edit && (
        <CellMenu key={`${edit.lead.id} ${edit.cell}`} edit={edit} edits={edits} onClose={() => setEdit(undefined)} />
      )}
    </div>
  );
}
