import { TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import type { paths } from '../../api/schema.d.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { absolute } from '../../ui/times.ts';
import { Column } from '../layout/column.tsx';
import { FilterSelect } from '../layout/filter-select.tsx';
import { usePageFilters } from '../layout/use-page-filters.ts';
import { sortedMembersQuery } from '../members/get-members.ts';
import { actionChoices } from './actions.ts';
import classes from './audit.module.css';

type Entry = Shape<'AuditView'>;
type Filters = NonNullable<paths['/v1/audit-log']['get']['parameters']['query']>;

const filterNames = ['actor', 'action', 'from', 'to'] as const;

/** The audit log, newest first. */
export function AuditPage(): ReactNode {
  const [filters, narrow] = usePageFilters(...filterNames);
  const entries = useInfiniteQuery(
    pagedQuery(['people', 'audit', filters], (page) =>
      body(api.GET('/v1/audit-log', { params: { query: { ...(filters as Filters), ...page } } })),
    ),
  );
  return (
    <Column title="Audit log" intro="Who did what in this workspace. Entries cannot be changed.">
      <FilterFields filters={filters} onChange={narrow} />
      <PagedList
        query={entries}
        what="Could not load the audit log."
        empty={<EmptyState title="No entries" text="No entries match these filters." />}
        label="Entries"
        className={classes.list}
        isOrdered
      >
        {(entry) => <Line key={entry.id} entry={entry} />}
      </PagedList>
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

interface FieldsProps {
  filters: { readonly [N in (typeof filterNames)[number]]?: string };
  onChange: (change: { readonly [N in (typeof filterNames)[number]]?: string | undefined }) => void;
}

function FilterFields({ filters: { actor, action, from, to }, onChange }: FieldsProps) {
  const members = useQuery(sortedMembersQuery);
  const people = (members.data ?? []).map(({ id, name }) => ({ value: `member:${id}`, label: name }));
  return (
    <div className={classes.filters}>
      <FilterSelect
        label="Member"
        any="Anyone"
        data={[...people, { value: 'cli', label: 'Command line' }]}
        value={actor}
        onChange={(chosen) => onChange({ actor: chosen })}
        searchable
      />
      <FilterSelect
        label="Action"
        any="Any action"
        data={[...actionChoices]}
        value={action}
        onChange={(chosen) => onChange({ action: chosen })}
        searchable
      />
      <div className={classes.days}>
        <Day label="From" value={from} onSet={(day) => onChange({ from: day })} />
        <Day label="To" value={to} onSet={(day) => onChange({ to: day })} />
      </div>
    </div>
  );
}

function Day({ label, value, onSet }: { label: string; value: string | undefined; onSet: (day?: string) => void }) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      title={label}
      leftSection={<span className="small-print">{label}</span>}
      leftSectionWidth={label.length * 7 + 20}
      value={value ?? ''}
      onChange={({ currentTarget }) => onSet(currentTarget.value || undefined)}
    />
  );
}
