import { Burger } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { startLive, useIsAway } from '../../api/live.ts';
import { undoLast } from '../../ui/feedback/toast.tsx';
import { Mark } from '../../ui/mark.tsx';
import { GlobalMounts } from '../global-mounts.tsx';
import { lazyPart } from '../lazy-part.tsx';
import { useMe } from '../session.ts';
import { type Shortcuts, useShortcuts } from '../shortcuts.ts';
import { navigationFor } from './navigation.ts';
import { openPalette, Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';

const RailDrawer = lazyPart(async () => (await import('./rail-drawer.tsx')).RailDrawer, { floats: true, soon: true });
const ViewingBar = lazyPart(async () => (await import('./viewing-bar.tsx')).ViewingBar);
const ShortcutSheet = lazyPart(async () => (await import('./shortcut-sheet.tsx')).default, { floats: true });

/** The frame around every screen: skip link, navigation, palette and shortcut sheet. */
export function Shell() {
  const rail = useRailMode();
  const isSample = useMe().user.sample;
  const [menuOpen, setMenuOpen] = useState(false);
  const [isSheetOpen, showSheet] = useState(false);
  const openSheet = () => showSheet(true);
  useEffect(startLive, []);
  useShortcuts({
    'mod+k': { label: 'Search or jump to…', run: openPalette },
    '?': { label: 'Show keyboard shortcuts', run: openSheet },
    z: { label: 'Undo', run: undoLast },
  });
  useShortcuts(useGoTo());
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when another page is opened
  useEffect(() => setMenuOpen(false), [path]);
  const parts = { onSearch: openPalette, onShortcuts: openSheet };

  return (
    <div className={classes.shell} data-rail={rail.mode}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      {rail.mode === 'overlay' ? (
        <nav aria-label="Menu" className={classes.topbar} data-screen-only>
          <Burger opened={menuOpen} onClick={() => setMenuOpen(true)} size={20} aria-label="Open the menu" />
          <Mark />
        </nav>
      ) : (
        <Rail {...parts} icons={rail.mode === 'icons'} onToggle={rail.toggle} />
      )}
      {menuOpen && (
        <RailDrawer onClose={() => setMenuOpen(false)}>
          <Rail {...parts} icons={false} inDialog />
        </RailDrawer>
      )}
      <div className={classes.column}>
        {isSample && <ViewingBar />}
        <OfflineBar />
        <main id="main" tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
      </div>
      <Palette />
      {isSheetOpen && <ShortcutSheet onClose={() => showSheet(false)} />}
      <GlobalMounts />
    </div>
  );
}

/** Shortcuts for every entry that this person may see: G, then a letter. */
function useGoTo(): Shortcuts {
  const navigate = useNavigate();
  const { permissions } = useMe();
  return Object.fromEntries(
    navigationFor(permissions).map(({ to, label, letter }) => [
      `g ${letter}`,
      { label: `Go to ${label}`, run: () => void navigate({ to }) },
    ]),
  );
}

function OfflineBar() {
  const away = useIsAway();
  return (
    <div role="status" className={classes.offline} data-shown={away || undefined}>
      {away && 'No connection. What you see may be out of date, and changes cannot be saved until you are back online.'}
    </div>
  );
}

/** How the navigation is shown: in full, as icons (for lack of space, or by choice), or over the page on phones. */
function useRailMode(): { mode: 'full' | 'icons' | 'overlay'; toggle: (() => void) | undefined } {
  const now = { getInitialValueInEffect: false };
  const isPhone = useMediaQuery('(max-width: 767px)', false, now);
  // The call screen needs the space.
  const isCalling = useRouterState({ select: ({ location }) => location.pathname === '/calls' });
  const isNarrow = useMediaQuery('(max-width: 1099px)', false, now) || isCalling;
  const [chosen, choose] = useLocalStorage<'full' | 'icons'>({ key: 'leadwell.rail', defaultValue: 'full', ...now });
  const mode = isPhone ? 'overlay' : isNarrow ? 'icons' : chosen;
  return { mode, toggle: isNarrow ? undefined : () => choose(chosen === 'icons' ? 'full' : 'icons') };
}
