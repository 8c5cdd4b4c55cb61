import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import classes from './settings.module.css';

interface Props {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  beside?: ReactNode;
  /** The list of pages itself: nothing to go back to. */
  isStart?: boolean;
  /** Where a phone goes back to, if not to the settings. */
  back?: { to: string; label: string };
  children: ReactNode;
}

/** A page of the settings: one column of cards. */
export function Column({ title, intro, actions, beside, isStart = false, back, children }: Props) {
  const { to, label } = back ?? { to: '/settings', label: 'Settings' };
  return (
    <Page title={title} actions={actions} beside={beside}>
      <div className={classes.column}>
        {!isStart && (
          <Link to={to} className={back ? classes.up : classes.back}>
            ‹ {label}
          </Link>
        )}
        {intro && <p className={classes.intro}>{intro}</p>}
        {children}
      </div>
    </Page>
  );
}
