import { type ReactNode, useId } from 'react';
import classes from './card.module.css';

interface Props {
  title: ReactNode;
  /** Shown beside the title. */
  actions?: ReactNode;
  /** An introduction below the title. */
  text?: ReactNode;
  /** True if the content reaches from edge to edge. */
  flush?: boolean;
  children?: ReactNode;
}

/** A section of a page, with a heading of its own. */
export function Card({ title, actions, text, flush = false, children }: Props) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body} data-flush={flush || undefined}>
        {text && <p className={classes.text}>{text}</p>}
        {children}
      </div>
    </section>
  );
}
