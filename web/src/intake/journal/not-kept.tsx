import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './not-kept.module.css';

const SHOWN = 3;

/** Requests of the last few days that were counted but not kept in the journal. Shows nothing if there are none. */
export function NotKept(): ReactNode {
  const { data } = useQuery({
    queryKey: ['journal', 'not-kept'],
    queryFn: async () => (await body(api.GET('/v1/submissions/not-kept'))).data,
  });
  if (!data || data.length === 0) return null;
  return (
    <section className={classes.notKept} aria-label="Requests that were not stored">
      {data.slice(0, SHOWN).map(({ day, token_id, member_id, detail, last_at }) => (
        <p key={`${day} ${token_id} ${member_id}`} className={classes.line}>
          {detail}{' '}
          <span className="muted">
            Last <RelativeTime at={last_at} />
          </span>
        </p>
      ))}
      {data.length > SHOWN && <p className={classes.line}>and {data.length - SHOWN} more senders</p>}
    </section>
  );
}
