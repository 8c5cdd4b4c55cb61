import { IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { LeadLink } from '../app/lead-link.tsx';
import { CloseDate, dealName } from '../deals/public.ts';
import { dialling } from '../leads/public.ts';
import { Due } from '../tasks/public.ts';
import { Money } from '../ui/money.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import type { MyDay } from './api/get-my-day.ts';
import classes from './my-day.module.css';

type Callback = MyDay['callbacks']['data'][number];
type Waiting = MyDay['waiting']['data'][number];
type Deal = MyDay['closing']['data'][number];

/** A lead who asked for a callback. */
export function CallbackRow({ call }: { call: Callback }) {
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <LeadLink id={call.lead_id}>{call.lead_name}</LeadLink>
        <span className={classes.under}>{call.phone}</span>
      </span>
      <Due at={call.due_at} />
      <CallButton id={call.lead_id} name={call.lead_name} phone={call.phone} />
    </li>
  );
}

/** A lead that waits for a reply or a next step. */
export function LeadRow({ lead }: { lead: Waiting }) {
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <LeadLink id={lead.id}>{lead.name}</LeadLink>
        <span className={classes.under}>{[lead.company, lead.status].filter(Boolean).join(' · ')}</span>
      </span>
      <RelativeTime at={lead.created_at} className="muted" />
      <CallButton id={lead.id} name={lead.name} phone={lead.phone} />
    </li>
  );
}

/** A deal that should close soon. */
export function ClosingRow({ deal, currency, today }: { deal: Deal; currency: string; today: string }) {
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <Link to="/deals" search={{ deal: deal.id }} className="quiet-link clip">
          {dealName(deal)}
        </Link>
        <span className={classes.under}>
          {deal.lead_name} · {deal.stage}
        </span>
      </span>
      <CloseDate deal={deal} today={today} />
      <Money amount={deal.amount} currency={currency} />
    </li>
  );
}

function CallButton({ id, name, phone }: { id: string; name: string; phone: string | null }) {
  if (!phone) return <span />;
  return (
    <a
      href={`tel:${phone}`}
      onClick={dialling(id, `tel:${phone}`)}
      className={classes.call}
      aria-label={`Call ${name}`}
      title={phone}
    >
      <IconPhone size={16} aria-hidden />
    </a>
  );
}
