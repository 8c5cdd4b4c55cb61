import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface Props {
  title: string;
  /** Beside the title: a count, a short explanation. */
  beside?: ReactNode;
  /** At the right of the title: what can be done here. */
  actions?: ReactNode;
  /** Below the title: tabs, filters. They stay while the content scrolls. */
  bars?: ReactNode;
  /** False when the content brings its own padding and scrolling, as grids do. */
  padded?: boolean;
  children: ReactNode;
}

/** A screen: its title bar, its bars, its content. */
export function Page({ title, beside, actions, bars, padded = true, children }: Props) {
  useDocumentTitle(`${title} · Leadwell`);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.bar}>
          <h1 className={classes.title}>{title}</h1>
          {beside && <div className={classes.beside}>{beside}</div>}
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
        {bars}
      </header>
      <div className={classes.content} data-padded={padded || undefined}>
        {children}
      </div>
    </div>
  );
}

/** A number beside a title, in a quiet pill. */
export function Count({ of }: { of: number | string }) {
  return <span className={classes.count}>{typeof of === 'number' ? of.toLocaleString() : of}</span>;
}
