import { IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Pill } from '../../ui/pill.tsx';
import { absolute, relative } from '../../ui/times.ts';
import type { Status } from '../book.ts';
import type { Lead } from '../lead/lead-queries.ts';
import { nameOf } from '../lead/name-of.ts';
import { toneFor } from './lead-columns.tsx';
import classes from './phone-list.module.css';

interface Props {
  rows: readonly Lead[];
  statuses: readonly Status[];
  now: number;
  onNearEnd: () => void;
}

const CARD = 64;
/** Behind the last card, so that the round button covers none. */
const ROOM = 80;

/** Leads as cards, for narrow screens: who, how to reach them, how they stand, and a button that calls. */
export function PhoneList({ rows, statuses, now, onNearEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    overscan: 6,
    initialRect: { width: 390, height: 800 },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 15) onNearEnd();
  }, [lastShown, rows.length, onNearEnd]);
  return (
    <div ref={scroller} className={classes.scroller}>
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without markers is none to some readers */}
      <ul role="list" aria-label="Leads" className={classes.list} style={{ height: virtual.getTotalSize() + ROOM }}>
        {items.map(({ index, start }) => {
          const lead = rows[index];
          return (
            lead && (
              <li key={lead.id} className={classes.card} style={{ transform: `translateY(${start}px)` }}>
                <Card lead={lead} statuses={statuses} now={now} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function Card({ lead, statuses, now }: Pick<Props, 'statuses' | 'now'> & { lead: Lead }) {
  const details = [lead.phone_display ?? lead.email, lead.source].filter(Boolean).join(' · ');
  return (
    <>
      <Link from="/leads" to="/leads" search={(search) => ({ ...search, lead: lead.id })} className={classes.who}>
        <span className={classes.line}>
          <span className={`${classes.name} clip`}>{nameOf(lead)}</span>
          <time dateTime={lead.created_at} title={absolute(lead.created_at)} className={classes.age}>
            {relative(Date.parse(lead.created_at), now)}
          </time>
        </span>
        <span className={`${classes.details} clip`}>{details}</span>
      </Link>
      <Pill tone={toneFor(lead, statuses)}>{lead.status}</Pill>
      {lead.phone && !lead.do_not_call && (
        <a href={`tel:${lead.phone}`} className={classes.call} aria-label={`Call ${nameOf(lead)}`}>
          <IconPhone size={18} aria-hidden />
        </a>
      )}
    </>
  );
}
