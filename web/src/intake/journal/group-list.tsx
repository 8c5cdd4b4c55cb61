import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Shape } from '../../api/client.ts';
import { useDialectTitle } from '../../app/dialects.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useKeptScroll } from '../../ui/use-kept-place.ts';
import { useGroups } from '../api/get-journal.ts';
import { useDismiss } from '../api/get-request.ts';
import { type JournalSearch, narrowed } from '../journal-search.ts';
import classes from './group-list.module.css';

export type Group = Shape<'SubmissionGroups'>['data'][number];

interface Props {
  search: JournalSearch;
  mayReplay: boolean;
  onOpen: (id: string) => void;
  onReplay: (group: Group) => void;
}

/** The key of a group. */
export function keyOf({ dialect, code, field, value }: Group) {
  return { dialect, code, field, value };
}

/** Groups of equal errors, most frequent first. */
export function GroupList({ search, mayReplay, onOpen, onReplay }: Props) {
  const groups = useGroups(search);
  const { dismiss } = useDismiss();
  const dialectTitle = useDialectTitle();
  return (
    <DataState
      query={groups}
      what="Could not load the groups."
      isEmpty={({ data }) => data.length === 0}
      empty={<EmptyState title="No refused requests" text="No requests were refused in this period." />}
    >
      {({ data }) => (
        <Scrolling>
          <ul className="plain-list">
            {data.map((group) => (
              <li key={JSON.stringify(keyOf(group))} className={classes.group}>
                <div className={classes.words}>
                  <button type="button" className={classes.detail} onClick={() => onOpen(group.example_id)}>
                    {group.detail}
                  </button>
                  <span className="muted">
                    {group.count === 1 ? 'once' : `${group.count.toLocaleString()} times`} ·{' '}
                    {dialectTitle(group.dialect)} · last <RelativeTime at={group.last_at} />
                    {Date.parse(group.last_at) - Date.parse(group.first_at) >= 60_000 && (
                      <>
                        , first <RelativeTime at={group.first_at} />
                      </>
                    )}
                  </span>
                </div>
                {mayReplay && (
                  <div className={classes.actions}>
                    <Button onClick={() => void dismiss({ group: keyOf(group), filter: narrowed(search) })}>
                      Dismiss
                    </Button>
                    <Button onClick={() => onReplay(group)}>
                      {group.value === null ? 'Replay' : 'Fix and replay'} {group.count.toLocaleString()}…
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </Scrolling>
      )}
    </DataState>
  );
}

function Scrolling({ children }: { children: ReactNode }) {
  const box = useKeptScroll('Groups');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={box} className={classes.scroll} tabIndex={0} aria-label="Requests by error">
      {children}
    </section>
  );
}
