import { Link } from '@tanstack/react-router';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { RequestPage } from '../api/get-request.ts';
import { OutcomePill } from '../journal/outcome.tsx';
import raw from './raw-text.module.css';
import { RawText } from './raw-text.tsx';
import classes from './request-replays.module.css';

/** Earlier replays: when, by whom, with which changes and what result. */
export function Replays({ page: { replays } }: { page: RequestPage }) {
  if (replays.length === 0) return null;
  return (
    <section aria-label="Replays">
      <h3 className={raw.title}>Replays</h3>
      <ol className="plain-list">
        {replays.map((replay) => (
          <li key={replay.id} className={classes.replay}>
            <div className={classes.line}>
              <OutcomePill outcome={replay.outcome} problem={replay.problem} />
              <span>
                <RelativeTime at={replay.at} /> ·{' '}
                {replay.actor_name ?? (replay.actor.startsWith('token') ? 'by a token' : replay.actor)}
              </span>
              {replay.lead_id && (
                <Link to="/leads" search={{ lead: replay.lead_id }} className={classes.link}>
                  Open the lead
                </Link>
              )}
            </div>
            <Changed title="Edited body" text={replay.edited_body} />
            <Changed title="Edited query" text={replay.edited_query} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Changed({ title, text }: { title: string; text: string | null }) {
  if (text === null) return null;
  return (
    <details className={raw.more}>
      <summary>{title}</summary>
      <RawText label={title}>{text}</RawText>
    </details>
  );
}
