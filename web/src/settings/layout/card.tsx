import type { ReactNode } from 'react';
import classes from './settings.module.css';

interface Props {
  title: string;
  actions?: ReactNode;
  /** Rows reach from edge to edge. */
  flush?: boolean;
  children: ReactNode;
}

/** Some settings that belong together. */
export function Card({ title, actions, flush = false, children }: Props) {
  return (
    <section className={classes.card} aria-label={title}>
      <header className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{title}</h2>
        {actions && <div className={classes.cardActions}>{actions}</div>}
      </header>
      <div className={classes.cardBody} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
