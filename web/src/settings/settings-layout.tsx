import { Link, Outlet } from '@tanstack/react-router';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useMe } from '../app/session.ts';
import classes from './layout/settings.module.css';
import { groupsFor } from './pages.ts';

/** How far the menu is scrolled, for whoever comes back to the settings. */
let scrolled = 0;

/** The settings: the menu on the left, the chosen page beside it. On phones the menu is a page of its own. */
export function SettingsLayout(): ReactNode {
  const { permissions } = useMe();
  const menu = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const box = menu.current;
    if (!box) return undefined;
    box.scrollTo(0, scrolled);
    box.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
    return () => {
      scrolled = box.scrollTop;
    };
  }, []);
  return (
    <div className={classes.layout}>
      <nav ref={menu} className={classes.nav} aria-label="Settings">
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
