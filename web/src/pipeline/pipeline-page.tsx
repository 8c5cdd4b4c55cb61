import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { FilterBar, LeadDrawer, type LeadFilters, LeadViews, ListOrBoard, readFilters } from '../leads/public.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import type { Column } from './api/get-board.ts';
import { Board } from './board.tsx';
import { BoardSkeleton } from './board-skeleton.tsx';
import { askedOf, OrderChoices, readOrdering } from './order-choices.tsx';
import classes from './pipeline-page.module.css';
import { useBoard } from './use-board.ts';
import { useMoves } from './use-moves.ts';

const route = getRouteApi('/shell/pipeline');
const boards = [
  { value: 'leads', label: 'Leads' },
  { value: 'deals', label: 'Deals' },
] as const;

/** The board: leads by status or deals by stage, with the filters of the lead list. */
export function PipelinePage(): ReactNode {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { board: which, lead, view } = search;
  const ordering = readOrdering(search);
  const by = which === 'deals' ? 'deal_stage' : 'status';
  const text = JSON.stringify(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same address means the same filters
  const { sort, group, ...filters } = useMemo(() => readFilters(search as Record<string, unknown>), [text]);
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [column, setColumn] = useState<string>();
  const reading = useBoard({ ...filters, by, ...askedOf(ordering) });
  const { board, more, hold } = reading;
  const moves = useMoves(reading);
  const set = (change: object) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const columns = board.data?.columns ?? [];
  const only = isPhone ? (columns.find(({ id }) => id === column) ?? columns[0])?.id : undefined;
  const isFiltered = Object.keys(filters).length > 0;

  return (
    <Page
      title="Pipeline"
      padded={false}
      actions={
        <Segments
          label="Board"
          segments={boards}
          value={by === 'status' ? 'leads' : 'deals'}
          onChange={(value) => set({ board: value === 'deals' ? 'deals' : undefined })}
        />
      }
      bars={
        <>
          <LeadViews
            filters={{ ...filters, sort, group }}
            viewId={view}
            onShow={(next, viewId) =>
              void navigate({ search: { ...next, ...ordering, ...(which && { board: which }), view: viewId } })
            }
          />
          <FilterBar filters={filters} onChange={(change: Partial<LeadFilters>) => set(change)}>
            <OrderChoices ordering={ordering} isOfDeals={by === 'deal_stage'} onChoose={set} />
            <ListOrBoard shown="board" filters={{ ...filters, sort, group }} viewId={view} />
          </FilterBar>
          {only !== undefined && <ColumnChoice columns={columns} only={only} onChoose={setColumn} />}
        </>
      }
    >
      <DataState
        query={board}
        what="Could not load the board."
        skeleton={<BoardSkeleton />}
        isEmpty={(data) => data.columns.length === 0 || (isFiltered && data.columns.every(({ count }) => count === 0))}
        empty={<Empty isFiltered={isFiltered} />}
      >
        {(data) => (
          <Board
            board={data}
            only={only}
            moves={moves}
            openLead={lead}
            onOpen={(id) => set({ lead: id })}
            onMore={more}
            onHold={hold}
          />
        )}
      </DataState>
      {lead && <OpenLead columns={columns} lead={lead} onOpen={(next) => set({ lead: next })} />}
    </Page>
  );
}

interface OpenProps {
  columns: readonly Column[];
  lead: string;
  onOpen: (lead: string | undefined) => void;
}

/** The lead that is open beside the board, with its neighbours, column by column. */
function OpenLead({ columns, lead, onOpen }: OpenProps) {
  const leads = [...new Set(columns.flatMap(({ cards }) => cards.map(({ lead_id }) => lead_id)))];
  const at = leads.indexOf(lead);
  const go = (next: string | undefined) => (at < 0 || next === undefined ? undefined : () => onOpen(next));
  return (
    <LeadDrawer
      leadId={lead}
      onClose={() => onOpen(undefined)}
      onPrevious={go(leads[at - 1])}
      onNext={go(leads[at + 1])}
    />
  );
}

interface ChoiceProps {
  columns: readonly Column[];
  only: string;
  onChoose: (id: string) => void;
}

/** Chooses the one column that a phone shows. */
function ColumnChoice({ columns, only, onChoose }: ChoiceProps) {
  return (
    <div className={classes.columns}>
      <Segments
        label="Column"
        segments={columns.map(({ id, name, count }) => ({ value: id, label: name, count }))}
        value={only}
        onChange={onChoose}
      />
    </div>
  );
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No matches" text="No cards match the filters." />
  ) : (
    <EmptyState title="No columns yet" text="Add statuses and stages in Settings." />
  );
}
