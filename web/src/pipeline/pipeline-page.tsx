import { TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { useMay } from '../app/session.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { DataState } from '../ui/data-state.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import { Board } from './board.tsx';
import type { BoardQuery, Column } from './board-query.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import classes from './pipeline-page.module.css';
import { useBoard } from './use-board.ts';
import { useMoves } from './use-moves.ts';

const LeadDrawer = lazy(() => import('../leads/parts.ts').then((parts) => ({ default: parts.LeadDrawer })));
const route = getRouteApi('/shell/pipeline');
const boards = [
  { value: 'leads', label: 'Leads' },
  { value: 'deals', label: 'Deals' },
] as const;

/** Leads by status, or deals by stage. */
export function PipelinePage() {
  const { board: which, lead, new: _, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false;
  const [column, setColumn] = useState<string>();
  const canMove = useMay('work leads');
  const by = which === 'deals' ? 'deal_stage' : 'status';
  const reading = useBoard({ ...filters, by } as BoardQuery);
  const { board, more, hold } = reading;
  const { move, losing, refusal, lose, keep } = useMoves(reading);
  const set = (change: object) => void navigate({ search: (search) => ({ ...search, ...change }), replace: true });
  const columns = board.data?.columns ?? [];
  const only = isPhone ? (columns.find(({ id }) => id === column) ?? columns[0])?.id : undefined;
  const isFiltered = Object.values(filters).some((value) => value !== undefined);

  return (
    <Page
      title="Pipeline"
      padded={false}
      bars={
        <Bars
          filters={filters}
          isDeals={by === 'deal_stage'}
          columns={columns}
          only={only}
          onColumn={setColumn}
          onChange={set}
        />
      }
    >
      <DataState
        query={board}
        what="Could not load the board."
        skeleton={<BoardSkeleton />}
        isEmpty={(data) => data.columns.length === 0 || (isFiltered && data.columns.every(({ count }) => count === 0))}
        empty={
          <EmptyState
            title={isFiltered ? 'Nothing matches' : 'There are no columns yet'}
            text={isFiltered ? 'No card is left by the filters.' : 'Statuses and stages are kept in the settings.'}
          />
        }
      >
        {(data) => (
          <Board
            board={data}
            only={only}
            losing={losing}
            refusal={refusal}
            canMove={canMove}
            openLead={lead}
            onOpen={(id) => set({ lead: id })}
            onMove={(asked) => void move(asked)}
            onLose={lose}
            onKeep={keep}
            onMore={more}
            onHold={hold}
          />
        )}
      </DataState>
      {lead && (
        <Suspense>
          <LeadDrawer leadId={lead} onClose={() => set({ lead: undefined })} />
        </Suspense>
      )}
    </Page>
  );
}

interface BarsProps {
  filters: Record<string, unknown>;
  isDeals: boolean;
  columns: readonly Column[];
  only: string | undefined;
  onColumn: (id: string) => void;
  onChange: (change: object) => void;
}

/** Which board, what is searched for, and on phones which column. */
function Bars({ filters, isDeals, columns, only, onColumn, onChange }: BarsProps) {
  return (
    <div className={classes.bars}>
      <Segments
        label="Board"
        segments={boards}
        value={isDeals ? 'deals' : 'leads'}
        onChange={(value) => onChange({ board: value === 'deals' ? 'deals' : undefined })}
      />
      <Search
        value={typeof filters['q'] === 'string' ? filters['q'] : ''}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      {only !== undefined && (
        <Segments
          label="Column"
          segments={columns.map(({ id, name, count }) => ({ value: id, label: name, count }))}
          value={only}
          onChange={onColumn}
        />
      )}
    </div>
  );
}

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const later = useDebouncedCallback(onChange, 150);
  useShortcuts({ '/': { label: 'Search the board', run: () => input.current?.focus() } });
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label="Search the board"
      placeholder="Search name, phone, company (/)"
      leftSection={<IconSearch size={14} aria-hidden />}
      className={classes.search}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        later(currentTarget.value.trim());
      }}
    />
  );
}
