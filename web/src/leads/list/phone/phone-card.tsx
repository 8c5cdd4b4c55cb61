import { IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../../app/session.ts';
import { Pill } from '../../../ui/pill.tsx';
import { absolute, relative } from '../../../ui/times.ts';
import type { Lead } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import { dialling } from '../../dialling/dial.ts';
import { TagPills } from '../../lead/tags/tag-pills.tsx';
import { nameOf } from '../../lead-name.ts';
import { callLink } from '../../phone.ts';
import { toneFor } from '../grid/lead-columns.tsx';
import classes from './phone-list.module.css';
import { useHold } from './use-hold.ts';

interface Props {
  lead: Lead;
  statuses: readonly Status[];
  now: number;
  /** True while a tap selects the lead. */
  selecting: boolean;
  selected: boolean;
  onToggle: () => void;
  /** A long press starts selecting with this lead. */
  onHold: () => void;
}

/** A lead as a card for phones. */
export function PhoneCard({ lead, statuses, now, selecting, selected, onToggle, onHold }: Props) {
  const link = callLink(lead);
  const hold = useHold(onHold, useMay('work leads'));
  const pill = <Pill tone={toneFor(lead, statuses)}>{lead.status}</Pill>;
  const words = <Words lead={lead} now={now} />;
  if (selecting)
    return (
      <label className={classes.who} data-selecting>
        <input
          type="checkbox"
          className={classes.check}
          aria-label={`Select ${nameOf(lead)}`}
          checked={selected}
          onChange={onToggle}
        />
        <span className={classes.words}>{words}</span>
        {pill}
      </label>
    );
  return (
    <>
      <Link
        from="/leads"
        to="/leads"
        search={(search) => ({ ...search, lead: lead.id })}
        className={classes.who}
        draggable={false}
        {...hold}
      >
        {words}
      </Link>
      {pill}
      {link && (
        <a href={link} onClick={dialling(lead.id, link)} className={classes.call} aria-label={`Call ${nameOf(lead)}`}>
          <IconPhone size={18} aria-hidden />
        </a>
      )}
    </>
  );
}

function Words({ lead, now }: Pick<Props, 'lead' | 'now'>) {
  const phone = lead.phone_problem ? `${lead.phone} (${lead.phone_problem})` : lead.phone_display;
  const details = [phone ?? lead.email, lead.source].filter(Boolean).join(' · ');
  return (
    <>
      <span className={classes.line}>
        <span className={`${classes.name} clip`}>{nameOf(lead)}</span>
        <time dateTime={lead.created_at} title={absolute(lead.created_at)} className={classes.age}>
          {relative(Date.parse(lead.created_at), now)}
        </time>
      </span>
      <span className={classes.tagged}>
        <span className={`${classes.details} clip`}>{details}</span>
        <TagPills {...lead} most={1} />
      </span>
    </>
  );
}
