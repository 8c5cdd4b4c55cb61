import type { Shape } from '../../api/client.ts';
import { nameOf } from '../../leads/public.ts';
import { useMinute } from '../../ui/times.ts';
import classes from '../calls.module.css';
import { whyWords } from '../words.ts';
import type { Desk } from './use-desk.ts';

interface Props {
  desk: Desk;
  queue: { data: Shape<'CallQueue'> | undefined };
}

/** The next calls and their reasons, the claimed one first. */
export function UpNext({ desk, queue }: Props) {
  const now = useMinute();
  const { current } = desk;
  const mayTake = !current && (desk.state === 'ready' || desk.state === 'offline');
  const rest = queue.data?.next.filter(({ call_id }) => call_id !== current?.call.id) ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={classes.next} aria-labelledby="up-next" tabIndex={0}>
      <h2 id="up-next" className={classes.heading}>
        Up next
      </h2>
      <ul className={classes.list}>
        {current && (
          <li className={classes.queued} data-current aria-current="true">
            <span className={classes.who}>{nameOf(current.lead)}</span>
            <span className={classes.why}>{whyWords(current.why, now)}</span>
          </li>
        )}
        {rest.map(({ call_id, name, why, is_due }) => (
          <li key={call_id}>
            <button
              type="button"
              className={classes.queued}
              data-later={!is_due || undefined}
              disabled={!mayTake || desk.busy}
              title={mayTake ? `Take ${name} now` : undefined}
              onClick={() => void desk.take(call_id)}
            >
              <span className={classes.who}>{name}</span>
              <span className={classes.why}>{whyWords(why, now)}</span>
            </button>
          </li>
        ))}
      </ul>
      {queue.data && rest.length === 0 && !current && <p className={classes.quiet}>The queue is empty.</p>}
    </section>
  );
}
