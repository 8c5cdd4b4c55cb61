import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { Pill } from '../../ui/pill.tsx';
import { queueQuery } from '../api/get-calls.ts';
import classes from '../calls.module.css';
import { stateLooks, talkWords } from '../words.ts';
import type { Desk } from './use-desk.ts';

const MOST = 1000;

/** The agent's state as a pill. */
export function StateChip({ desk }: { desk: Desk }) {
  const { word, tone } = stateLooks[desk.state];
  return (
    <span role="status" className={classes.chip}>
      <Pill tone={tone}>{desk.state === 'paused' && desk.reason ? `${word}: ${desk.reason}` : word}</Pill>
    </span>
  );
}

/** The size of the queue and the agent's figures for today. */
export function Figures() {
  const { data } = useQuery(queueQuery);
  const maySupervise = useMay('supervise agents');
  const count = (n: number) => (n >= MOST ? `${MOST}+` : String(n));
  const words = data && [
    `${count(data.in_queue)} in queue`,
    `${count(data.callbacks_due)} ${data.callbacks_due === 1 ? 'callback' : 'callbacks'} due`,
    `${data.calls_today} ${data.calls_today === 1 ? 'call' : 'calls'} today`,
    `${talkWords(data.talk_seconds_today)} talk time`,
  ];
  return (
    <div className={classes.figures}>
      <p className={classes.numbers}>{words?.join(' · ') ?? ' '}</p>
      {maySupervise && (
        <Link to="/calls/team" className={classes.team}>
          Team
        </Link>
      )}
    </div>
  );
}
