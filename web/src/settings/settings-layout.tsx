import { Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../app/session.ts';
import classes from './layout/settings.module.css';
import { groups } from './pages.ts';

/** The settings: their pages at the left, the chosen one beside. On a phone the pages are a page of their own. */
export function SettingsLayout(): ReactNode {
  const { permissions } = useMe();
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label="Settings">
        {groups.map(({ label, pages }) => {
          const open = pages.filter(({ needs }) => permissions.includes(needs));
          return (
            open.length > 0 && (
              <div key={label}>
                <div className={classes.group}>{label}</div>
                {open.map(({ to, label: name }) => (
                  <Link key={to} to={to} className={classes.link}>
                    {name}
                  </Link>
                ))}
              </div>
            )
          );
        })}
      </nav>
      <div className={classes.body}>
        <Outlet />
      </div>
    </div>
  );
}
