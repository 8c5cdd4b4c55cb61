import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { keptPlace, useKeptPlace } from '../use-kept-place.ts';
import { type Insert, linesOf } from './lines.ts';
import { useGridFocus } from './use-grid-focus.ts';
import classes from './virtual-rows.module.css';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  /** A grid track: `118px`, `minmax(160px, 1fr)`. */
  width: string;
  /** Plain elements only: library components in every cell make scrolling slow. */
  cell: (row: Row, at: number) => ReactNode;
  sort?: 'ascending' | 'descending' | 'none';
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Lines between the rows, in order; they do not change the indices of the rows. */
  inserts?: readonly Insert[];
  /** The total, including rows not loaded; -1 if unknown. */
  total?: number;
  rowHeight?: number;
  idOf: (row: Row) => string;
  /** The row whose details are open. */
  openId?: string | undefined;
  selected?: ReadonlySet<string>;
  onOpen?: (row: Row) => void;
  /** Called near the end of the list, to load the next page. */
  onNearEnd?: () => void;
  /** Called with the focused row, for the screen's own shortcuts. */
  onActive?: (row: Row | undefined) => void;
}

const HEADER = 32;
const INSERT = 38;
const noInserts: readonly Insert[] = [];

/** A table of any length that renders only visible rows. Arrows, J and K move, Enter opens. */
export function VirtualRows<Row>(props: Props<Row>) {
  const { label, columns, rows, inserts = noInserts, total = rows.length, rowHeight = 38, onActive, onNearEnd } = props;
  const lines = useMemo(() => linesOf(rows.length, inserts), [rows.length, inserts]);
  // A new function whenever the lines change, so that the virtualizer measures them again.
  const getItemKey = useCallback((at: number) => lines[at]?.insert?.key ?? lines[at]?.row ?? at, [lines]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getItemKey,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.insert ? INSERT : rowHeight),
    scrollPaddingStart: HEADER,
    overscan: 8,
    initialRect: { width: 1200, height: 800 },
    initialOffset: () => keptPlace(label).top,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const focus = useGridFocus({
    count: rows.length,
    first: keptPlace(label).active,
    scroller,
    show: (at) => virtual.scrollToIndex(lines.findIndex(({ row }) => row === at)),
  });
  useKeptPlace(label, scroller, focus.active);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the place changes, not when the rows do
  useEffect(() => onActive?.(rows[focus.active]), [focus.active]);
  useEffect(() => {
    if (rows.length > 0 && lastShown >= lines.length - 20) onNearEnd?.();
  }, [lastShown, rows.length, lines.length, onNearEnd]);
  const tracks = columns.map(({ width }) => width).join(' ');
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total < 0 ? -1 : total + 1}
      aria-colcount={columns.length}
      className={classes.grid}
      onKeyDown={focus.onKeyDown}
    >
      <Header columns={columns} tracks={tracks} />
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const { row = 0, insert } = lines[index] ?? {};
          const transform = `translateY(${start}px)`;
          if (insert)
            return <InsertRow key={insert.key} at={index} insert={insert} style={{ height: INSERT, transform }} />;
          return (
            <GridRow
              key={row}
              grid={props}
              at={row}
              line={index}
              active={row === focus.active}
              onFocus={focus.setActive}
              style={{ gridTemplateColumns: tracks, height: rowHeight, transform }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Header<Row>({ columns, tracks }: { columns: readonly Column<Row>[]; tracks: string }) {
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} className={classes.headerRow} style={{ gridTemplateColumns: tracks }}>
        {columns.map(({ key, header, sort }) => (
          <div key={key} role="columnheader" aria-sort={sort} className={classes.cell}>
            {header}
          </div>
        ))}
      </div>
    </div>
  );
}

/** A heading or a button across all columns, reached with Tab. */
function InsertRow({ at, insert, style }: { at: number; insert: Insert; style: CSSProperties }) {
  return (
    <div role="row" aria-rowindex={at + 2} className={classes.insert} style={style}>
      <div role="gridcell" className={classes.cell}>
        {insert.content}
      </div>
    </div>
  );
}

interface GridRowProps<Row> {
  grid: Props<Row>;
  at: number;
  /** The row's index among all lines. */
  line: number;
  active: boolean;
  onFocus: (at: number) => void;
  style: CSSProperties;
}

function GridRow<Row>({ grid, at, line, active, onFocus, style }: GridRowProps<Row>) {
  const { rows, columns, idOf, openId, selected, onOpen } = grid;
  const row = rows[at];
  if (row === undefined) return null;
  const id = idOf(row);
  const open = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget || !onOpen) return;
    event.preventDefault();
    onOpen(row);
  };
  return (
    <div
      role="row"
      data-at={at}
      tabIndex={active ? 0 : -1}
      aria-rowindex={line + 2}
      aria-selected={selected ? selected.has(id) : undefined}
      className={classes.row}
      data-open={id === openId || undefined}
      style={style}
      onFocus={() => onFocus(at)}
      onClick={(event) => !isControl(event.target) && onOpen?.(row)}
      onKeyDown={open}
    >
      {columns.map(({ key, cell }) => (
        <div key={key} role="gridcell" className={classes.cell}>
          {cell(row, at)}
        </div>
      ))}
    </div>
  );
}

/** Whether a click hit a link or button inside a row, which does not open the row. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, select') !== null;
}
