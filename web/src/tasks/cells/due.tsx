import { useMe } from '../../app/session.ts';
import { absolute, useMinute } from '../../ui/times.ts';
import classes from '../tasks.module.css';
import { dueWords } from './due-words.ts';

/** The due date in the workspace's time zone, red when it is past. */
export function Due({ at }: { at: string | null }) {
  const minute = useMinute();
  const { time_zone: timeZone } = useMe().workspace;
  if (!at) return <span className="muted">No date</span>;
  const { words, urgency } = dueWords(at, minute, timeZone);
  return (
    <time dateTime={at} title={absolute(at, timeZone)} className={classes.due} data-urgency={urgency}>
      {words}
    </time>
  );
}
