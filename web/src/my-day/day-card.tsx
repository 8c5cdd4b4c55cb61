import { type ReactNode, useId } from 'react';
import { Count } from '../ui/page.tsx';
import classes from './my-day.module.css';

interface Props<Row> {
  title: string;
  list: { count: number; data: readonly Row[] };
  /** A link to a screen that lists exactly these entries. */
  all: (className: string | undefined) => ReactNode;
  alarm?: boolean;
  children: (row: Row) => ReactNode;
}

/** The server stops counting at this number. */
const MOST = 100;

/** One list of the day; hidden while it is empty. */
export function Card<Row>({ title, list: { count, data }, all, alarm = false, children }: Props<Row>) {
  const id = useId();
  if (count === 0) return null;
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title} data-alarm={alarm || undefined}>
          {title}
        </h2>
        <Count of={count >= MOST ? `${MOST}+` : count} />
        {all(classes.all)}
      </header>
      <ul className={classes.list}>{data.map(children)}</ul>
    </section>
  );
}
