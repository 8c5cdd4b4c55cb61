import {
  IconChartBar,
  IconChecklist,
  IconCoin,
  IconInbox,
  IconLayoutKanban,
  IconPhoneCall,
  IconPlugConnected,
  IconSettings,
  IconSun,
  IconUsers,
} from '@tabler/icons-react';
import type { Badges, Permission } from '../../api/me.ts';

/** One entry of the navigation. */
export interface NavigationEntry {
  to:
    | '/my-day'
    | '/leads'
    | '/pipeline'
    | '/calls'
    | '/tasks'
    | '/deals'
    | '/reports'
    | '/intake'
    | '/connections'
    | '/settings';
  label: string;
  icon: typeof IconUsers;
  /** The key to press after G. */
  letter: string;
  group: 'work' | 'admin';
  /** Shown only to people with this permission. */
  needs: Permission;
  /** The count shown as a badge, and the words that describe it. */
  badge?: { of: keyof Badges; words: string; alarm?: boolean };
}

/** All entries of the navigation, used by the rail, the palette and the keyboard. */
const navigation: readonly NavigationEntry[] = [
  { to: '/my-day', label: 'My day', icon: IconSun, letter: 'y', group: 'work', needs: 'be signed in' },
  {
    to: '/leads',
    label: 'Leads',
    icon: IconUsers,
    letter: 'l',
    group: 'work',
    needs: 'read leads',
    badge: { of: 'leads_waiting', words: 'waiting' },
  },
  { to: '/pipeline', label: 'Pipeline', icon: IconLayoutKanban, letter: 'p', group: 'work', needs: 'read leads' },
  {
    to: '/calls',
    label: 'Call queue',
    icon: IconPhoneCall,
    letter: 'c',
    group: 'work',
    needs: 'make calls',
    badge: { of: 'calls_due', words: 'due' },
  },
  {
    to: '/tasks',
    label: 'Tasks',
    icon: IconChecklist,
    letter: 't',
    group: 'work',
    needs: 'read leads',
    badge: { of: 'tasks_due', words: 'due' },
  },
  { to: '/deals', label: 'Deals', icon: IconCoin, letter: 'd', group: 'work', needs: 'read leads' },
  { to: '/reports', label: 'Reports', icon: IconChartBar, letter: 'r', group: 'work', needs: 'read reports' },
  {
    to: '/intake',
    label: 'Intake',
    icon: IconInbox,
    letter: 'i',
    group: 'admin',
    needs: 'read journal',
    badge: { of: 'refused', words: 'refused or failed', alarm: true },
  },
  {
    to: '/connections',
    label: 'API tokens',
    icon: IconPlugConnected,
    letter: 'a',
    group: 'admin',
    needs: 'administer',
  },
  { to: '/settings', label: 'Settings', icon: IconSettings, letter: 's', group: 'admin', needs: 'administer' },
];

/** The entries that somebody with these permissions may see. */
export function navigationFor(permissions: readonly Permission[]): readonly NavigationEntry[] {
  return navigation.filter(({ needs }) => permissions.includes(needs));
}
