import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDialectTitle } from '../../app/dialects.ts';
import { useMay } from '../../app/session.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeleton-rows.tsx';
import { type Column, VirtualRows } from '../../ui/table/virtual-rows.tsx';
import type { Line, useLines } from '../api/get-journal.ts';
import { chipsOf, type JournalSearch, noTimes } from '../journal-search.ts';
import classes from './journal-list.module.css';
import { OutcomePill } from './outcome.tsx';
import { clock, exact, moment, tookWords } from './times.ts';

interface Props {
  search: JournalSearch;
  lines: ReturnType<typeof useLines>;
  width: 'phone' | 'narrow' | 'wide';
  onOpen: (id: string) => void;
  onClear: (to: Partial<JournalSearch>) => void;
}

/** The requests, newest first. */
export function JournalList({ search, lines, width, onOpen, onClear }: Props) {
  const { rows, query } = lines;
  return (
    <>
      <FreshPill lines={lines} />
      <DataState
        query={query}
        what="Could not load the requests."
        isEmpty={() => rows.length === 0}
        empty={lines.searchedTo ? <NoneSoFar lines={lines} /> : <Nothing search={search} onClear={onClear} />}
        skeleton={<SkeletonRows />}
      >
        {() => (
          <>
            <VirtualRows
              label="Requests"
              columns={columnsFor[width]}
              rows={rows}
              rowHeight={width === 'phone' ? 64 : 38}
              total={query.hasNextPage ? -1 : rows.length}
              idOf={({ id }) => id}
              openId={search.open}
              onOpen={({ id }) => onOpen(id)}
              onNearEnd={lines.loadMore}
            />
            {lines.searchedTo && (
              <div role="status" className={classes.further}>
                Searched back to {moment(lines.searchedTo)}.
                <FurtherButton lines={lines} />
              </div>
            )}
          </>
        )}
      </DataState>
    </>
  );
}

type Lines = ReturnType<typeof useLines>;

function FurtherButton({ lines: { query, searchFurther } }: { lines: Lines }) {
  return (
    <Button loading={query.isFetchingNextPage} onClick={searchFurther}>
      Search further back
    </Button>
  );
}

/** Shown when a search has found nothing yet: how far back it has looked, and a button to continue. */
function NoneSoFar({ lines }: { lines: Lines }) {
  return (
    <EmptyState
      title={`No matches since ${moment(lines.searchedTo ?? '')}`}
      text="Older requests have not been searched yet."
    >
      <FurtherButton lines={lines} />
    </EmptyState>
  );
}

/** Shows new requests on demand, because rows never move under the pointer. */
function FreshPill({ lines: { fresh, mostFresh, showFresh } }: Pick<Props, 'lines'>) {
  if (fresh === 0) return <div role="status" />;
  const count = fresh >= mostFresh ? `${mostFresh}+` : fresh;
  return (
    <div role="status" className={classes.fresh}>
      <button type="button" className={classes.freshButton} onClick={showFresh}>
        {count} new {fresh === 1 ? 'request' : 'requests'} · Show
      </button>
    </div>
  );
}

const columns: readonly Column<Line>[] = [
  { key: 'time', header: 'Time', width: '112px', cell: (line) => <Time line={line} /> },
  { key: 'door', header: 'Via', width: 'minmax(120px, 250px)', cell: (line) => <Source line={line} /> },
  { key: 'request', header: 'Request', width: 'minmax(140px, 1fr)', cell: (line) => <RequestLine line={line} /> },
  { key: 'result', header: 'Result', width: '128px', cell: (line) => <OutcomePill {...line} /> },
  { key: 'detail', header: 'Detail', width: 'minmax(150px, 1.3fr)', cell: (line) => <Detail line={line} /> },
  {
    key: 'took',
    header: 'Duration',
    width: '72px',
    cell: ({ duration_ms }) => <span className="tabular muted">{tookWords(duration_ms)}</span>,
  },
];

/** The columns that remain beside an open request. */
const narrowColumns = columns.filter(({ key }) => ['time', 'result', 'detail'].includes(key));

const phoneColumns: readonly Column<Line>[] = [
  {
    key: 'request',
    header: 'Requests',
    width: 'minmax(0, 1fr)',
    cell: (line) => (
      <div className={classes.card}>
        <div className={classes.cardLine}>
          <Detail line={line} />
          <Time line={line} />
        </div>
        <div className={classes.cardLine}>
          <RequestLine line={line} />
          <OutcomePill {...line} />
        </div>
      </div>
    ),
  },
];

const columnsFor = { phone: phoneColumns, narrow: narrowColumns, wide: columns };

function Time({ line: { received_at } }: { line: Line }) {
  return (
    <time className="tabular muted" dateTime={received_at} title={exact(received_at)}>
      {clock(received_at)}
    </time>
  );
}

function Source({ line: { token_name, token_hint, member_name, dialect } }: { line: Line }) {
  const dialectTitle = useDialectTitle();
  const hint = token_hint && ` (${token_hint})`;
  return (
    <span className="clip" title={`${dialectTitle(dialect)}${hint ?? ''}`}>
      {token_name ?? member_name ?? dialectTitle(dialect)}
      {hint && <span className="muted tabular">{hint}</span>}
    </span>
  );
}

function RequestLine({ line: { method, path } }: { line: Line }) {
  return (
    <span className="mono clip" title={`${method} ${path}`}>
      {method} {path}
    </span>
  );
}

function Detail({ line: { detail, replayed } }: { line: Line }) {
  return (
    <span className="clip" title={detail}>
      {detail}
      {replayed && <span className="muted"> · replayed</span>}
    </span>
  );
}

function Nothing({ search, onClear }: Pick<Props, 'search' | 'onClear'>) {
  const mayConnect = useMay('administer');
  const chips = chipsOf(search);
  const none = Object.fromEntries(chips.map(({ name }) => [name, undefined]));
  if (chips.length > 0 || search.outcome || search.dialect || search.days || search.from || search.to)
    return (
      <EmptyState title="No requests match">
        <Button onClick={() => onClear({ ...none, ...noTimes, outcome: undefined, dialect: undefined })}>
          Clear all filters
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<IconInbox size={28} />}
      title="No requests yet"
      text="Every request from your website, partners or dialler is listed here with its response."
    >
      {mayConnect && (
        <Button variant="filled" renderRoot={(props) => <Link to="/connections" {...props} />}>
          Connect a source
        </Button>
      )}
    </EmptyState>
  );
}
