import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { Count } from '../ui/page.tsx';
import classes from './my-day.module.css';

interface Props<Row> {
  title: string;
  list: { count: number; data: readonly Row[] };
  /** Where all of them are. */
  to: '/tasks' | '/calls' | '/leads' | '/deals';
  alarm?: boolean;
  children: (row: Row) => ReactNode;
}

/** The server counts no further. */
const MOST = 100;

/** One list of the day: not shown while it is empty. */
export function Card<Row>({ title, list: { count, data }, to, alarm = false, children }: Props<Row>) {
  const id = useId();
  if (count === 0) return null;
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title} data-alarm={alarm || undefined}>
          {title}
        </h2>
        <Count of={count >= MOST ? `${MOST}+` : count} />
        {count > data.length && (
          <Link to={to} className={classes.all}>
            All
          </Link>
        )}
      </header>
      <ul className={classes.list}>{data.map(children)}</ul>
    </section>
  );
}
