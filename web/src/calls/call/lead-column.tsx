import type { ReactNode } from 'react';
import { useFieldLabel } from '../../app/lead-fields.ts';
import { LeadLink } from '../../app/lead-link.tsx';
import { useStatuses } from '../../leads/public.ts';
import { Pill, toneOf } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Claimed, useEvents } from '../api/get-calls.ts';
import classes from '../calls.module.css';

/** The main fields of the lead and its latest events. */
export function LeadColumn({ claimed: { lead } }: { claimed: Claimed }) {
  const status = useStatuses().find(({ id }) => id === lead.status_id);
  const label = useFieldLabel();
  const custom = Object.entries(lead.custom).filter(([, value]) => value !== null && value !== '');
  const campaign = [lead.utm_source, lead.utm_medium, lead.utm_campaign].filter(Boolean).join(' / ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={classes.lead} aria-labelledby="lead-facts" tabIndex={0}>
      <h2 id="lead-facts" className={classes.heading}>
        Lead
      </h2>
      <dl className="pairs">
        <Fact name={label('status')}>
          <Pill tone={toneOf(status?.colour)}>{lead.status}</Pill>
        </Fact>
        <Fact name={label('source')}>{lead.source}</Fact>
        <Fact name={label('department')}>{lead.department}</Fact>
        <Fact name={label('owner')}>{lead.owner}</Fact>
        <Fact name={label('email')}>{lead.email}</Fact>
        <Fact name={label('subtype')}>{lead.subtype}</Fact>
        <Fact name={label('description')}>{lead.description}</Fact>
        <Fact name="Campaign">{campaign}</Fact>
        {custom.slice(0, 6).map(([name, value]) => (
          <Fact key={name} name={name}>
            {String(value)}
          </Fact>
        ))}
      </dl>
      <p className={classes.open}>
        <LeadLink id={lead.id}>Open the lead</LeadLink>
      </p>
      <Events leadId={lead.id} />
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Events({ leadId }: { leadId: string }) {
  const { data } = useEvents(leadId);
  if (!data || data.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>History</h3>
      <ul className="plain-list">
        {data.map(({ id, title, at }) => (
          <li key={id} className={classes.event}>
            <span>{title}</span>
            <span className="small-print">
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
