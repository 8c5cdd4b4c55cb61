import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Mark } from '../ui/mark.tsx';
import classes from './frame.module.css';

interface Props {
  title: string;
  text?: ReactNode;
  /** Shown below the card. */
  foot?: ReactNode;
  children?: ReactNode;
}

/** The frame of the pages outside the app: the logo and a card in the middle. */
export function Frame({ title, text, foot, children }: Props) {
  useDocumentTitle(`${title} · Leadwell`);
  return (
    <main className={classes.frame}>
      <Mark />
      <div className={classes.card}>
        <h1>{title}</h1>
        {text && <p className={classes.text}>{text}</p>}
        {children}
      </div>
      {foot && <p className={classes.foot}>{foot}</p>}
    </main>
  );
}

/** An error that does not belong to a single field. */
export function Wrong({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={classes.wrong}>
      {children}
    </p>
  );
}
