import type { Shape } from '../../api/client.ts';
import { nameOf } from '../../leads/public.ts';
import { useMinute } from '../../ui/times.ts';
import classes from '../calls.module.css';
import { whyWords } from '../words.ts';
import type { Desk } from './use-desk.ts';

/** A call, or a lead, that can be taken next. */
interface Upcoming {
  id: string;
  name: string;
  words: string;
  isLater: boolean;
}

interface Props {
  desk: Desk;
  /** Undefined until loaded. */
  upcoming: readonly Upcoming[] | undefined;
  /** Shown when nothing is up next. */
  empty: string;
}

/** The calls in the queue, with their reasons. */
export function queuedCalls({ next }: Shape<'CallQueue'>, now: number): Upcoming[] {
  return next.map(({ call_id: id, name, why, is_due }) => ({ id, name, words: whyWords(why, now), isLater: !is_due }));
}

/** The leads in a list. */
export function listedLeads({ next }: Shape<'CallList'>): Upcoming[] {
  return next.map(({ lead_id: id, name, company_name, phone_display }) => ({
    ...{ id, name, isLater: false },
    words: company_name && company_name !== name ? `${company_name}, ${phone_display}` : phone_display,
  }));
}

/** The next calls, the claimed one first. */
export function UpNext({ desk, upcoming, empty }: Props) {
  const now = useMinute();
  const { current } = desk;
  const mayTake = !current && (desk.state === 'ready' || desk.state === 'offline');
  const rest = upcoming?.filter(({ id }) => id !== current?.call.id && id !== current?.lead.id) ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={classes.next} aria-labelledby="up-next" tabIndex={0}>
      <h2 id="up-next" className={classes.heading}>
        Up next
      </h2>
      <ul className="plain-list">
        {current && (
          <li className={classes.queued} data-current aria-current="true">
            <span className={classes.who}>{nameOf(current.lead)}</span>
            <span className={classes.why}>{whyWords(current.why, now)}</span>
          </li>
        )}
        {rest.map(({ id, name, words, isLater }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.queued}
              data-later={isLater || undefined}
              disabled={!mayTake || desk.busy}
              title={mayTake ? `Take ${name} now` : undefined}
              onClick={() => void desk.take(id)}
            >
              <span className={classes.who}>{name}</span>
              <span className={classes.why}>{words}</span>
            </button>
          </li>
        ))}
      </ul>
      {upcoming && rest.length === 0 && !current && <p className={classes.quiet}>{empty}</p>}
    </section>
  );
}
