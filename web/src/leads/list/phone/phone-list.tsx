import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type Insert, linesOf } from '../../../ui/table/lines.ts';
import { useMinute } from '../../../ui/times.ts';
import { keptPlace, useKeptPlace } from '../../../ui/use-kept-place.ts';
import type { Lead } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import type { Selection } from '../bulk/use-selection.ts';
import { PhoneCard } from './phone-card.tsx';
import classes from './phone-list.module.css';

interface Props {
  rows: readonly Lead[];
  /** The headings of groups. */
  inserts?: readonly Insert[] | undefined;
  statuses: readonly Status[];
  selection: Selection;
  /** True while a tap selects a lead. */
  selecting: boolean;
  onSelecting: () => void;
  onNearEnd: () => void;
}

const LABEL = 'Leads';
const CARD = 64;
const INSERT = 40;
const noInserts: readonly Insert[] = [];
/** Room below the last card, so that neither the floating button nor the bulk actions cover it. */
const ROOM = { reading: 80, selecting: 200 };

/** Leads as cards for narrow screens. */
export function PhoneList({
  rows,
  inserts = noInserts,
  statuses,
  selection,
  selecting,
  onSelecting,
  onNearEnd,
}: Props) {
  const now = useMinute();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(rows.length, inserts), [rows.length, inserts]);
  // A new function whenever the lines change, so that the virtualizer measures them again.
  const getItemKey = useCallback((at: number) => lines[at]?.insert?.key ?? lines[at]?.row ?? at, [lines]);
  const virtual = useVirtualizer({
    count: lines.length,
    getItemKey,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.insert ? INSERT : CARD),
    overscan: 6,
    initialRect: { width: 390, height: 800 },
    initialOffset: () => keptPlace(LABEL).top,
  });
  useKeptPlace(LABEL, scroller, 0);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= lines.length - 15) onNearEnd();
  }, [lastShown, rows.length, lines.length, onNearEnd]);
  const height = virtual.getTotalSize() + (selecting ? ROOM.selecting : ROOM.reading);
  return (
    <div ref={scroller} className={classes.scroller}>
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without markers is none to some readers */}
      <ul role="list" aria-label="Leads" className={classes.list} style={{ height }}>
        {items.map(({ index, start }) => {
          const { row = 0, insert } = lines[index] ?? {};
          const transform = `translateY(${start}px)`;
          if (insert)
            return (
              <li key={insert.key} className={classes.insert} style={{ transform }}>
                {insert.content}
              </li>
            );
          const lead = rows[row];
          return (
            lead && (
              <li
                key={lead.id}
                className={classes.card}
                data-selected={selection.ids.has(lead.id) || undefined}
                style={{ transform }}
              >
                <PhoneCard
                  lead={lead}
                  statuses={statuses}
                  now={now}
                  selecting={selecting}
                  selected={selection.ids.has(lead.id)}
                  onToggle={() => selection.toggle(lead.id)}
                  onHold={() => {
                    onSelecting();
                    selection.toggle(lead.id);
                  }}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
