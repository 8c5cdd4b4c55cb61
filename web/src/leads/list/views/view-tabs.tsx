import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { lazyPart } from '../../../app/lazy-part.tsx';
import { useMay } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type SavedView, useViews } from '../../api/get-views.ts';
import { type OpenMenu, placeMenu } from './place-menu.ts';
import { TabList } from './tab-list.tsx';
import type { Dialog } from './view-dialogs.tsx';
import classes from './view-tabs.module.css';

const later = { floats: true, soon: true };
const ViewMenu = lazyPart(async () => (await import('./view-menu.tsx')).ViewMenu, later);
const ViewDialogs = lazyPart(async () => (await import('./view-dialogs.tsx')).ViewDialogs, later);

interface Props {
  screen: SavedView['screen'];
  /** The name of the tab without filters. */
  all: string;
  /** The filters of the screen, as a query string. */
  now: string;
  /** Rewrites a query string in the screen's own form, so that two of them can be compared. */
  tidy: (query: string) => string;
  /** The view that the filters came from; undefined for none. */
  viewId: string | undefined;
  /** Shows other filters. */
  onShow: (query: string, viewId: string | undefined) => void;
}

/** Saved views as tabs. A view whose filters were changed offers to save or reset them. */
export function ViewTabs({ screen, all, now, tidy, viewId, onShow }: Props) {
  const { views, ...actions } = useViews(screen);
  const [dialog, setDialog] = useState<Dialog>();
  const [asked, setAsked] = useState<OpenMenu>();
  const mayWork = useMay('keep views');
  const view = views.find(({ id }) => id === viewId);
  const isChanged = now !== (view ? tidy(view.query) : '');
  const show = (next: SavedView | undefined) => {
    if (next) actions.use(next.id);
    onShow(next?.query ?? '', next?.id);
  };
  const save = async () => {
    if (view && (await actions.change(view.id, { query: now }))) toast.done(`${view.name} saved`);
  };
  return (
    <div className={classes.bar} data-screen-only>
      <TabList
        {...{ views, all, view, isChanged }}
        onShow={show}
        onMenu={(one, anchor) => setAsked(placeMenu(one, anchor))}
      />
      {view && (
        <ActionIcon
          size={28}
          aria-label={`Actions for ${view.name}`}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => setAsked(placeMenu(view, currentTarget))}
        >
          <IconChevronDown size={14} />
        </ActionIcon>
      )}
      {mayWork && (
        <ActionIcon
          size={28}
          aria-label="Save as a new view"
          title="Save as a new view"
          onClick={() => setDialog({ kind: 'new' })}
        >
          <IconPlus size={16} />
        </ActionIcon>
      )}
      {isChanged && (
        <span className={classes.changed}>
          {view?.may_change && (
            <Button variant="subtle" onClick={() => void save()}>
              Save
            </Button>
          )}
          {mayWork && (
            <Button variant="subtle" onClick={() => setDialog({ kind: 'new' })}>
              Save as
            </Button>
          )}
          <Button variant="subtle" onClick={() => show(view)}>
            Reset
          </Button>
        </span>
      )}
      {asked && (
        <ViewMenu
          key={asked.view.id}
          asked={asked}
          onPin={(one) => void actions.pin(one.id, !one.pinned)}
          onDialog={setDialog}
          onClose={() => setAsked(undefined)}
        />
      )}
      {dialog && (
        <ViewDialogs
          dialog={dialog}
          query={now}
          actions={actions}
          onAdded={(added) => onShow(now, added.id)}
          onRemoved={(removed) => removed.id === viewId && show(undefined)}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}
