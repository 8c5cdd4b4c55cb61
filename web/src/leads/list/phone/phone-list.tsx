import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { keptPlace, useKeptPlace } from '../../../ui/table/use-kept-place.ts';
import { useMinute } from '../../../ui/times.ts';
import type { Lead } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import type { Selection } from '../bulk/use-selection.ts';
import { PhoneCard } from './phone-card.tsx';
import classes from './phone-list.module.css';

interface Props {
  rows: readonly Lead[];
  statuses: readonly Status[];
  selection: Selection;
  /** A tap selects. */
  selecting: boolean;
  onSelecting: () => void;
  onNearEnd: () => void;
}

const LABEL = 'Leads';
const CARD = 64;
/** Room below the last card, so that neither the floating button nor the bulk actions cover it. */
const ROOM = { reading: 80, selecting: 200 };

/** Leads as cards for narrow screens. */
export function PhoneList({ rows, statuses, selection, selecting, onSelecting, onNearEnd }: Props) {
  const now = useMinute();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    overscan: 6,
    initialRect: { width: 390, height: 800 },
    initialOffset: () => keptPlace(LABEL).top,
  });
  useKeptPlace(LABEL, scroller, 0);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 15) onNearEnd();
  }, [lastShown, rows.length, onNearEnd]);
  const height = virtual.getTotalSize() + (selecting ? ROOM.selecting : ROOM.reading);
  return (
    <div ref={scroller} className={classes.scroller}>
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without markers is none to some readers */}
      <ul role="list" aria-label="Leads" className={classes.list} style={{ height }}>
        {items.map(({ index, start }) => {
          const lead = rows[index];
          return (
            lead && (
              <li
                key={lead.id}
                className={classes.card}
                data-selected={selection.ids.has(lead.id) || undefined}
                style={{ transform: `translateY(${start}px)` }}
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
