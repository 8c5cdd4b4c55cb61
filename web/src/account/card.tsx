import { type ReactNode, useId } from 'react';
import classes from './account.module.css';

/** A part of the account, with a heading of its own. */
export function Card({ title, text, children }: { title: ReactNode; text?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {text && <p className={classes.text}>{text}</p>}
      {children}
    </section>
  );
}
