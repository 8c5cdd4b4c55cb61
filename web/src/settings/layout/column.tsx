import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import classes from './settings.module.css';

interface Props {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  beside?: ReactNode;
  /** True for the overview, which has nothing to go back to. */
  isStart?: boolean;
  /** The page to go back to, linked on every screen; without it, only phones get a link, to the overview. */
  back?: { to: string; label: string };
  children: ReactNode;
}

/** The layout of a settings page: one column of cards. */
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
