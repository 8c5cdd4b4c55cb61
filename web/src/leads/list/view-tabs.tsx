import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useMay } from '../../app/session.ts';
import { ConfirmDanger } from '../../ui/confirm-danger.tsx';
import { toast } from '../../ui/toast.tsx';
import { filtersOfQuery, type LeadFilters, writeFilters } from '../filters.ts';
import { type SavedView, useViews } from './use-views.ts';
import { ViewDialog } from './view-dialog.tsx';
import classes from './view-tabs.module.css';

interface Props {
  filters: LeadFilters;
  /** The view that the filters came from; undefined: all leads. */
  viewId: string | undefined;
  /** Shows the leads of other filters. */
  onShow: (filters: LeadFilters, viewId: string | undefined) => void;
}

type Dialog = { kind: 'new' | 'edit' | 'remove'; view?: SavedView };

/** Saved views as tabs. A view whose filters were changed shows it, and how to keep them or go back. */
export function ViewTabs({ filters, viewId, onShow }: Props) {
  const { views, ...actions } = useViews();
  const [dialog, setDialog] = useState<Dialog>();
  const mayWork = useMay('work leads');
  const view = views.find(({ id }) => id === viewId);
  const now = writeFilters(filters);
  const isChanged = now !== (view ? writeFilters(filtersOfQuery(view.query)) : '');
  const show = (next: SavedView | undefined) => {
    if (next) actions.use(next.id);
    onShow(next ? filtersOfQuery(next.query) : {}, next?.id);
  };
  const save = async () => {
    if (view && (await actions.change(view.id, { query: now }))) toast.done(`${view.name} saved`);
  };
  return (
    <div className={classes.bar}>
      <TabList views={views} view={view} isChanged={isChanged} onShow={show} />
      {view?.may_change && (
        <ViewMenu
          view={view}
          onEdit={() => setDialog({ kind: 'edit', view })}
          onRemove={() => setDialog({ kind: 'remove', view })}
        />
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
      {(dialog?.kind === 'new' || dialog?.kind === 'edit') && (
        <ViewDialog
          view={dialog.view}
          onClose={() => setDialog(undefined)}
          onSave={async ({ name, audience }) => {
            const kept = dialog.view
              ? await actions.change(dialog.view.id, { name, audience })
              : await actions.add({ name, audience, query: now });
            if (!kept) return;
            setDialog(undefined);
            toast.done(`${kept.name} saved`);
            if (!dialog.view) onShow(filters, kept.id);
          }}
        />
      )}
      <ConfirmDanger
        opened={dialog?.kind === 'remove'}
        title="Remove the view"
        action="Remove view"
        onClose={() => setDialog(undefined)}
        onConfirm={async () => {
          const removed = dialog?.view && (await actions.remove(dialog.view.id));
          setDialog(undefined);
          if (removed) show(undefined);
        }}
      >
        {`${dialog?.view?.name ?? ''} is removed for everybody who sees it. The leads stay.`}
      </ConfirmDanger>
    </div>
  );
}

interface TabListProps {
  views: readonly SavedView[];
  view: SavedView | undefined;
  isChanged: boolean;
  onShow: (view: SavedView | undefined) => void;
}

function TabList({ views, view, isChanged, onShow }: TabListProps) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    if (!step || at < 0) return;
    event.preventDefault();
    tabs[(at + step + tabs.length) % tabs.length]?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Views" className={classes.tabs} onKeyDown={move}>
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
          >
            {one?.name ?? 'All leads'}
            {isActive && isChanged && <span className={classes.dot} role="img" aria-label="changed" />}
          </button>
        );
      })}
    </div>
  );
}

function ViewMenu({ view, onEdit, onRemove }: { view: SavedView; onEdit: () => void; onRemove: () => void }) {
  return (
    <Menu position="bottom-start" returnFocus>
      <Menu.Target>
        <ActionIcon size={28} aria-label={`More about ${view.name}`}>
          <IconChevronDown size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>Rename or share…</Menu.Item>
        <Menu.Item onClick={onRemove}>Remove…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
