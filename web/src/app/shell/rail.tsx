import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { badgesQuery } from '../../api/me.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useMe } from '../session.ts';
import { AvatarMenu } from './avatar-menu.tsx';
import { type NavigationEntry, navigationFor } from './navigation.ts';
import classes from './rail.module.css';
import { ThemeButton } from './theme-button.tsx';
import { Tip } from './tip.tsx';

interface Props {
  icons: boolean;
  onSearch: () => void;
  onShortcuts: () => void;
  /** Undefined when there is room only for icons. */
  onToggle?: (() => void) | undefined;
  /** In a dialog the rail must not be a landmark of its own. */
  inDialog?: boolean;
}

/** The main navigation with the signed-in person at the bottom. */
export function Rail({ icons, onSearch, onShortcuts, onToggle, inDialog = false }: Props) {
  const Frame = inDialog ? 'div' : 'aside';
  const { permissions } = useMe();
  const navigation = navigationFor(permissions);
  const admin = navigation.filter(({ group }) => group === 'admin');
  return (
    <Frame
      className={classes.rail}
      data-screen-only
      data-icons={icons || undefined}
      {...(!inDialog && { 'aria-label': 'Menu' })}
    >
      <div className={classes.top}>
        <Mark wordless={icons} />
        {!icons && <ThemeButton />}
      </div>
      <button type="button" className={classes.search} onClick={onSearch} aria-label={icons ? 'Search' : undefined}>
        <IconSearch size={14} aria-hidden />
        {!icons && <span className={classes.searchText}>Search or jump to</span>}
        {!icons && <Kbd keys="mod+k" />}
      </button>
      <nav aria-label="Leadwell" className={classes.nav}>
        <Entries navigation={navigation.filter(({ group }) => group === 'work')} icons={icons} />
        {admin.length > 0 && !icons && <h2 className={classes.group}>Admin</h2>}
        {admin.length > 0 && icons && <hr className={classes.divider} />}
        <Entries navigation={admin} icons={icons} />
      </nav>
      <div className={classes.bottom}>
        {icons && <ThemeButton />}
        {onToggle && (
          <ActionIcon onClick={onToggle} aria-label={icons ? 'Expand the menu' : 'Collapse the menu'}>
            {icons ? <IconLayoutSidebarLeftExpand size={16} /> : <IconLayoutSidebarLeftCollapse size={16} />}
          </ActionIcon>
        )}
        <AvatarMenu icons={icons} onShortcuts={onShortcuts} />
      </div>
    </Frame>
  );
}

function Entries({ navigation, icons }: { navigation: readonly NavigationEntry[]; icons: boolean }) {
  const { data: badges } = useQuery(badgesQuery);
  return (
    <ul className={classes.list}>
      {navigation.map((entry) => (
        <li key={entry.to}>
          <Entry entry={entry} icons={icons} count={entry.badge ? (badges?.[entry.badge.of] ?? 0) : 0} />
        </li>
      ))}
    </ul>
  );
}

function Entry({ entry, icons, count }: { entry: NavigationEntry; icons: boolean; count: number }) {
  const { to, label, icon: Icon, badge } = entry;
  const shown = count > 99 ? '99+' : String(count);
  const link = (
    <Link to={to} className={classes.entry}>
      <Icon size={18} stroke={1.6} aria-hidden />
      {icons ? <VisuallyHidden>{label}</VisuallyHidden> : <span className={classes.label}>{label}</span>}
      {count > 0 && (
        <span className={classes.badge} data-alarm={badge?.alarm || undefined}>
          {icons ? <VisuallyHidden>{shown}</VisuallyHidden> : shown}
          <VisuallyHidden> {badge?.words}</VisuallyHidden>
        </span>
      )}
    </Link>
  );
  if (!icons) return link;
  return <Tip label={count > 0 && badge ? `${label}: ${shown} ${badge.words}` : label}>{link}</Tip>;
}
