import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../app/session.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Column } from './layout/column.tsx';
import classes from './layout/settings.module.css';
import { groupsFor } from './pages.ts';

/** An overview of all settings pages. */
export function SettingsPage(): ReactNode {
  const { permissions } = useMe();
  const open = groupsFor(permissions);
  return (
    <Column title="Settings" isStart>
      {open.length === 0 && <EmptyState title="No settings available" text="Only admins can change the settings." />}
      {open.map(({ label, pages }) => (
        <Card key={label} title={label} flush>
          <ul className={classes.list}>
            {pages.map(({ path, label: name, about }) => (
              <li key={path}>
                <Link to={path} className={classes.page}>
                  <strong>{name}</strong>
                  <div className={classes.about}>{about}</div>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </Column>
  );
}
