import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import { lazyPart } from '../../../app/lazy-part.tsx';
import { useMay, useMe } from '../../../app/session.ts';
import type { Insert } from '../../../ui/table/lines.ts';
import { VirtualRows } from '../../../ui/table/virtual-rows.tsx';
import { useMinute } from '../../../ui/times.ts';
import type { Lead } from '../../api/get-lead.ts';
import { useStatuses } from '../../api/get-reference-data.ts';
import type { LeadFilters } from '../../filters.ts';
import type { Selection } from '../bulk/use-selection.ts';
import { type ColumnName, type Display, densities, useColumnLabel } from '../display/use-display.ts';
import { useCellEdit } from '../editing/use-cell-edit.ts';
import { useLeadEdits } from '../editing/use-lead-edits.ts';
import { useTextChange } from '../editing/use-text-change.ts';
import { textKeys, useTextEditing } from '../editing/use-text-editing.ts';
import { widthOf } from './column-edge.tsx';
import { leadColumns, leastWidth } from './lead-columns.tsx';
import classes from './lead-grid.module.css';
import { useActiveLead } from './use-active-lead.ts';
import { useListKeys } from './use-list-keys.ts';

const CellMenu = lazyPart(async () => (await import('../editing/cell-menu.tsx')).CellMenu, {
  floats: true,
  soon: true,
});

interface Props {
  rows: readonly Lead[];
  /** The headings of groups. */
  inserts?: readonly Insert[] | undefined;
  /** The total number of leads; -1 if unknown. */
  total: number;
  filters: LeadFilters;
  display: Display;
  onDisplay: (change: Partial<Display>) => void;
  selection: Selection;
  openId: string | undefined;
  onOpen: (lead: Lead) => void;
  /** Opens the lead to write a note on it. */
  onNote: (lead: Lead) => void;
  onClose: () => void;
  onNearEnd: () => void;
  onSort: (sort: LeadFilters['sort']) => void;
}

/** The rows of the list, with one menu for all their cells. */
export function LeadGrid(props: Props) {
  const { total, filters, display, onDisplay, selection, openId, onOpen, onNearEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const now = useMinute();
  const labelOf = useColumnLabel();
  const statuses = useStatuses();
  const { currency } = useMe().workspace;
  const mayWork = useMay('work leads');
  const edits = useLeadEdits();
  const setText = useTextChange();
  const editing = useTextEditing({ ...props, columns: display.columns, box, setText });
  const { edit, ask, askByKey, endEdit, lines } = useCellEdit(box, editing.lines);
  const { rows, inserts } = lines;
  const { activeLead, note: noteActive, onFocus } = useActiveLead(box, rows);
  useListKeys({
    active: activeLead,
    selection,
    onEdit: askByKey,
    onWrite: (lead) => editing.begin(lead, 'name'),
    onNote: props.onNote,
    alone: openId === undefined && selection.ids.size < 2 && !selection.all,
  });
  const writeByKey = textKeys(editing, (row) => rows[Number(row.dataset['at'])]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      selection.selectShown();
    } else if (mayWork) writeByKey(event);
  };
  const columns = leadColumns(display.columns, {
    now,
    labelOf,
    currency,
    statuses,
    sought: filters.q,
    sort: filters.sort,
    selection,
    onAsk: mayWork ? ask : undefined,
    onNote: props.onNote,
    onSort: props.onSort,
    editing: mayWork ? editing : undefined,
    widths: display.widths,
    onResize: (name, width) => onDisplay({ widths: resized(display, name, width) }),
  });
  return (
    <div ref={box} className={classes.box} style={widthsOf(display)} data-widths {...{ onKeyDown, onFocus }}>
      <VirtualRows
        label="Leads"
        columns={columns}
        rows={rows}
        {...(inserts && { inserts })}
        total={total}
        rowHeight={densities[display.density]}
        idOf={({ id }) => id}
        openId={openId}
        selected={selection.ids}
        onOpen={onOpen}
        onNearEnd={onNearEnd}
        onActive={noteActive}
      />
      {edit && <CellMenu key={`${edit.lead.id} ${edit.cell}`} edit={edit} edits={edits} onClose={endEdit} />}
    </div>
  );
}

/** The column widths once a column has a new one, or its own again. */
function resized({ widths }: Display, name: ColumnName, width: number | undefined): Display['widths'] {
  const { [name]: _, ...rest } = widths;
  return width === undefined ? rest : { ...rest, [name]: width };
}

/** Custom column widths, and the row width they add up to. */
function widthsOf({ columns, widths }: Display): CSSProperties {
  const pulled = Object.entries(widths).map(([name, width]) => [widthOf(name as ColumnName), `${width}px`]);
  return { '--least-width': `${leastWidth(columns, widths)}px`, ...Object.fromEntries(pulled) };
}
