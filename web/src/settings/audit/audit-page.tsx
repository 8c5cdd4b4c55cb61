import { Button, Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { absolute } from '../../ui/times.ts';
import { Column } from '../layout/column.tsx';
import { sortedMembersQuery } from '../members/get-members.ts';
import { actionChoices } from './actions.ts';
import classes from './audit.module.css';

type Entry = Shape<'AuditView'>;

/** The audit log, newest first. */
export function AuditPage(): ReactNode {
  const [actor, setActor] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const filters = { ...(actor && { actor }), ...(action && { action: action as Entry['action'] }) };
  const entries = useInfiniteQuery({
    queryKey: ['people', 'audit', filters],
    queryFn: ({ pageParam }) =>
      body(api.GET('/v1/audit-log', { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
  return (
    <Column title="Audit log" intro="Who did what in this workspace. Entries cannot be changed.">
      <Filters {...{ actor, setActor, action, setAction }} />
      <DataState
        query={entries}
        what="Could not load the audit log."
        isEmpty={(data) => data.length === 0}
        empty={<EmptyState title="No entries" text="No entries match these filters." />}
      >
        {(data) => (
          <>
            <ol className={classes.list} aria-label="Entries">
              {data.map((entry) => (
                <Line key={entry.id} entry={entry} />
              ))}
            </ol>
            {entries.hasNextPage && (
              <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                Show earlier
              </Button>
            )}
          </>
        )}
      </DataState>
    </Column>
  );
}

function Line({ entry: { at, text, action } }: { entry: Entry }) {
  return (
    <li className={classes.line} data-alarm={action === 'sign_in_failed' || undefined}>
      <time dateTime={at} className={classes.time}>
        {absolute(at)}
      </time>
      <span>{text}</span>
    </li>
  );
}

interface FilterProps {
  actor: string | null;
  setActor: (actor: string | null) => void;
  action: string | null;
  setAction: (action: string | null) => void;
}

function Filters({ actor, setActor, action, setAction }: FilterProps) {
  const members = useQuery(sortedMembersQuery);
  const people = (members.data ?? []).map(({ id, name }) => ({ value: `member:${id}`, label: name }));
  return (
    <div className={classes.filters}>
      <Select
        aria-label="Who"
        placeholder="Anyone"
        data={[...people, { value: 'operator', label: 'The operator (command line)' }]}
        value={actor}
        onChange={setActor}
        clearable
        clearButtonProps={{ 'aria-label': 'Anyone' }}
        searchable
      />
      <Select
        aria-label="Action"
        placeholder="Any action"
        data={[...actionChoices]}
        value={action}
        onChange={setAction}
        clearable
        clearButtonProps={{ 'aria-label': 'Anything' }}
        searchable
      />
    </div>
  );
}
