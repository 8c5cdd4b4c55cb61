import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './page.module.css';
import { useKeptScroll } from './use-kept-place.ts';

interface Props {
  title: string;
  /** Shown beside the title: a count, a short explanation. */
  beside?: ReactNode;
  /** Buttons to the right of the title. */
  actions?: ReactNode;
  /** Shown below the title: tabs, filters. They stay in place while the content scrolls. */
  bars?: ReactNode;
  /** False if the content has its own padding and scrolling, as tables do. */
  padded?: boolean;
  children: ReactNode;
}

/** The frame of a screen: title bar, filter bars, content. */
export function Page({ title, beside, actions, bars, padded = true, children }: Props) {
  useDocumentTitle(`${title} · Leadwell`);
  const content = useKeptScroll<HTMLDivElement>('Page');
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
      <div ref={content} className={classes.content} data-padded={padded || undefined}>
        {children}
      </div>
    </div>
  );
}

/** A count beside a title. */
export function Count({ of }: { of: number | string }) {
  return <span className={classes.count}>{typeof of === 'number' ? of.toLocaleString() : of}</span>;
}
