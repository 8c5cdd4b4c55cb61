import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useShortcuts } from '../../app/shortcuts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { SideDrawer } from '../../ui/side-drawer.tsx';
import type { Line } from '../api/get-journal.ts';
import { type RequestPage, useRequest } from '../api/get-request.ts';
import { OutcomePill } from '../journal/outcome.tsx';
import type { JournalSearch } from '../journal-search.ts';
import { Answer } from './request-answer.tsx';
import classes from './request-drawer.module.css';
import { RequestEditor } from './request-editor.tsx';
import { Replays } from './request-replays.tsx';
import { Faults, Origin } from './request-summary.tsx';

interface Props {
  id: string;
  neighbours: readonly Line[];
  /** True if more requests follow that are not loaded yet. */
  hasMore: boolean;
  mayReplay: boolean;
  onOpen: (id: string | undefined) => void;
  onFilter: (change: Partial<JournalSearch>) => void;
}

/** One request beside the list: its body, errors, response and replays. */
export function RequestDrawer({ id, neighbours, hasMore, mayReplay, onOpen, onFilter }: Props) {
  const request = useRequest(id);
  return (
    <SideDrawer
      width={600}
      label="Request"
      onClose={() => onOpen(undefined)}
      header={<Header page={request.data} id={id} neighbours={neighbours} hasMore={hasMore} onOpen={onOpen} />}
    >
      <DataState query={request} what="Could not load the request.">
        {(page) => (
          <div className={classes.parts}>
            <Origin page={page} onFilter={onFilter} />
            <Faults page={page} />
            <RequestEditor page={page} mayReplay={mayReplay} />
            <Answer page={page} />
            <Replays page={page} />
          </div>
        )}
      </DataState>
    </SideDrawer>
  );
}

function Header({
  page,
  id,
  neighbours,
  hasMore,
  onOpen,
}: Pick<Props, 'id' | 'neighbours' | 'hasMore' | 'onOpen'> & { page: RequestPage | undefined }) {
  const at = neighbours.findIndex((line) => line.id === id);
  const move = (step: number) => {
    const next = neighbours[at + step];
    if (at >= 0 && next) onOpen(next.id);
  };
  useShortcuts({
    j: { label: 'Next request', run: () => move(1) },
    k: { label: 'Previous request', run: () => move(-1) },
  });
  return (
    <div className={classes.header}>
      <h2 className={classes.headline}>
        {page ? (
          <>
            <span className="mono">
              {page.method} {page.path} → {page.status_code}
            </span>
            <OutcomePill {...page} />
          </>
        ) : (
          'Request'
        )}
      </h2>
      <div className={classes.number}>
        <span className="mono muted clip">{id}</span>
        <CopyButton value={id} label="Copy the request ID" />
        {at >= 0 && (
          <span className={classes.steps}>
            <span className="muted tabular">
              {at + 1} of {neighbours.length}
              {hasMore && '+'}
            </span>
            <ActionIcon size={24} aria-label="Previous request (K)" disabled={at === 0} onClick={() => move(-1)}>
              <IconChevronUp size={16} />
            </ActionIcon>
            <ActionIcon
              size={24}
              aria-label="Next request (J)"
              disabled={at === neighbours.length - 1}
              onClick={() => move(1)}
            >
              <IconChevronDown size={16} />
            </ActionIcon>
          </span>
        )}
      </div>
    </div>
  );
}
