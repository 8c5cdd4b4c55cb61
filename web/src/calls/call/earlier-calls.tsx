import { RelativeTime } from '../../ui/relative-time.tsx';
import { useEvents } from '../api/get-calls.ts';
import classes from '../calls.module.css';

/** The calls so far, in the room that a short call leaves. */
export function Earlier({ leadId }: { leadId: string }) {
  const { data } = useEvents(leadId, 'calls');
  const calls = data?.filter(({ kind }) => kind === 'call_ended' || kind === 'call_logged' || kind === 'call_skipped');
  if (!calls || calls.length === 0) return null;
  return (
    <section className={classes.earlier} aria-label="Calls so far">
      <h3 className={classes.heading}>Calls so far</h3>
      <ul className={classes.list}>
        {calls.map(({ id, title, text, at }) => (
          <li key={id} className={classes.past}>
            <span>{title}</span>
            {text && <span className={classes.pastText}>{text}</span>}
            <span className={classes.pastTime}>
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
