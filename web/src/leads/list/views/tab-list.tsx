import { IconPinFilled } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { SavedView } from '../../api/get-views.ts';
import classes from './view-tabs.module.css';

interface Props {
  views: readonly SavedView[];
  /** The name of the tab without filters. */
  all: string;
  /** The current view; undefined for none. */
  view: SavedView | undefined;
  isChanged: boolean;
  onShow: (view: SavedView | undefined) => void;
  /** Opens the menu of a view. */
  onMenu: (view: SavedView, anchor: HTMLElement) => void;
}

/**
 * The views as tabs: left and right move between them. A right click, the menu key or the down arrow
 * opens the menu of the view.
 */
export function TabList({ views, all, view, isChanged, onShow, onMenu }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const tab = tabs[at];
    if (!tab) return;
    const places: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const place = places[event.key];
    const focused = views[at - 1];
    if (place !== undefined) tabs[place]?.focus();
    // The menu opens after the key event, which it would otherwise handle as its own.
    else if (event.key === 'ArrowDown' && focused) setTimeout(() => onMenu(focused, tab));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={list} role="tablist" aria-label="Views" className={classes.tabs} onKeyDown={onKeyDown}>
      {[undefined, ...views].map((one) => {
        const isActive = one?.id === view?.id;
        return (
          <button
            key={one?.id ?? 'all'}
            type="button"
            role="tab"
            aria-selected={isActive}
            tabIndex={isActive ? 0 : -1}
            className={classes.tab}
            onClick={() => onShow(one)}
            onContextMenu={(event) => {
              if (!one) return;
              event.preventDefault();
              onMenu(one, event.currentTarget);
            }}
          >
            {one?.pinned && <IconPinFilled size={11} className={classes.pin} aria-label="pinned" role="img" />}
            {one?.name ?? all}
            {isActive && isChanged && <span className={classes.dot} role="img" aria-label="changed" />}
          </button>
        );
      })}
    </div>
  );
}
