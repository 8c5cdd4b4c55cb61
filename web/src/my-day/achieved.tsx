import { Money } from '../ui/money.tsx';
import type { MyDay } from './api/get-my-day.ts';
import classes from './my-day.module.css';

/** What was achieved since the day began. */
export function Achieved({ day: { achieved, currency } }: { day: MyDay }) {
  const { calls, reached, talk_seconds, wins, won_sum } = achieved;
  const facts: [string, React.ReactNode][] = [
    ['Calls today', calls],
    ['Reached', reached],
    ['Talk', `${Math.round(talk_seconds / 60)} m`],
    ['Won today', wins],
    ['Amount', <Money key="won" amount={won_sum} currency={currency} />],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
