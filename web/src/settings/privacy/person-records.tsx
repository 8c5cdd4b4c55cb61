import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Shape } from '../../api/client.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { absolute } from '../../ui/times.ts';
import { Facts } from '../layout/facts.tsx';
import { countsText } from './counts.ts';
import { ErasePerson, type Who } from './erase-person.tsx';
import classes from './privacy.module.css';

type Records = Shape<'PersonRecords'>;

interface Props {
  who: Who;
  records: Records;
  onErased: () => void;
}

/** The data stored about a person, with the button that erases it. */
export function PersonRecords({ who, records, onErased }: Props): ReactNode {
  const { phones, emails, leads, others, counts, requests, complete } = records;
  if (Object.keys(counts).length === 0)
    return <EmptyState title="No records of this person" text="No records contain this phone or email." />;
  return (
    <section className={classes.records} aria-label="Records of this person">
      {!complete && (
        <p role="status" className="warning">
          The search ran out of time, so there may be more. Erasing searches everything.
        </p>
      )}
      <Facts
        facts={[
          ...(phones.length > 0 ? [['Phones', phones.join(', ')] as const] : []),
          ...(emails.length > 0 ? [['Emails', emails.join(', ')] as const] : []),
          ['Leads', leads.length > 0 ? <Leads key="leads" leads={leads} /> : 'none'],
          ['All records', countsText(counts)],
          ...(others.length > 0
            ? [['Other people with this phone', <Leads key="others" leads={others} />] as const]
            : []),
          ...(requests.length > 0
            ? [['Latest requests', <Requests key="requests" requests={requests} />] as const]
            : []),
        ]}
      />
      {others.length > 0 && (
        <p className="note">
          Leads of other people with the same phone number are kept. To erase those people too, find them by their own
          email.
        </p>
      )}
      <ErasePerson who={who} onErased={onErased} />
    </section>
  );
}

function Leads({ leads }: { leads: Records['leads'] }) {
  return (
    <ul className={classes.list}>
      {leads.map(({ id, number, name }) => (
        <li key={id}>
          <Link to="/leads/$id" params={{ id }}>
            {name ?? 'Lead'} #{number}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const MOST_SHOWN = 5;

function Requests({ requests }: { requests: Records['requests'] }) {
  return (
    <ul className={classes.list}>
      {requests.slice(0, MOST_SHOWN).map(({ id, received_at, method, path }) => (
        <li key={id}>
          {absolute(received_at)} <span className="mono">{`${method} ${path}`}</span>
        </li>
      ))}
      {requests.length > MOST_SHOWN && <li>and more</li>}
    </ul>
  );
}
