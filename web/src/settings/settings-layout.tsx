import { Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../app/session.ts';
import classes from './layout/settings.module.css';
import { groupsFor } from './pages.ts';

/** The settings: their pages at the left, the chosen one beside. On a phone the pages are a page of their own. */
export function SettingsLayout(): ReactNode {
  const { permissions } = useMe();
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label="Settings">
        {groupsFor(permissions).map(({ label, pages }) => (
          <div key={label}>
            <div className={classes.group}>{label}</div>
            {pages.map(({ path, label: name }) => (
              <Link key={path} to={path} className={classes.link}>
                {name}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className={classes.body}>
        <Outlet />
      </div>
    </div>
  );
}
