import { useMediaQuery } from '@mantine/hooks';
import { LeadLink } from '../app/lead-link.tsx';
import { useMe } from '../app/session.ts';
import { Person } from '../ui/initials.tsx';
import { Money } from '../ui/money.tsx';
import { type Column, VirtualRows } from '../ui/table/virtual-rows.tsx';
import { dayIn } from '../ui/times.ts';
import type { Deal, DealSummary } from './api/get-deals.ts';
import { CloseDate, colourOf, dealName, Stage } from './deal-cells.tsx';
import classes from './deals.module.css';
import type { DealsSearch } from './search.ts';

type Sort = NonNullable<DealsSearch['sort']>;

interface Props {
  deals: readonly Deal[];
  more: boolean;
  openId: string | undefined;
  sort: Sort;
  summary: DealSummary | undefined;
  onSort: (sort: Sort) => void;
  onOpen: (deal: Deal) => void;
  onNearEnd: () => void;
}

/** The deals as a table. */
export function DealGrid(props: Props) {
  const phone = useMediaQuery('(max-width: 767px)');
  const { currency, time_zone } = useMe().workspace;
  const here = { currency, today: dayIn(time_zone), summary: props.summary };
  return (
    <VirtualRows
      key={phone ? 'phone' : 'wide'}
      label="Deals"
      columns={phone ? phoneColumns(here) : wideColumns(here, props.sort, props.onSort)}
      rows={props.deals}
      total={props.more ? -1 : props.deals.length}
      rowHeight={phone ? 64 : 38}
      idOf={({ id }) => id}
      openId={props.openId}
      onOpen={props.onOpen}
      onNearEnd={props.onNearEnd}
    />
  );
}

interface Here {
  currency: string;
  today: string;
  summary: DealSummary | undefined;
}

function wideColumns({ currency, today, summary }: Here, sort: Sort, onSort: (sort: Sort) => void): Column<Deal>[] {
  const sortable = (by: Sort, label: string, direction: 'ascending' | 'descending') => ({
    key: by,
    sort: sort === by ? direction : ('none' as const),
    header: (
      <button
        type="button"
        className={classes.sort}
        data-on={sort === by || undefined}
        data-number={by === 'amount' || undefined}
        onClick={() => onSort(by)}
      >
        {label}
        {sort === by && (direction === 'ascending' ? ' ↑' : ' ↓')}
      </button>
    ),
  });
  return [
    {
      key: 'name',
      header: 'Deal',
      width: 'minmax(140px, 1.4fr)',
      cell: (deal) => <span className={classes.name}>{dealName(deal)}</span>,
    },
    {
      key: 'lead',
      header: 'Lead',
      width: 'minmax(120px, 1fr)',
      cell: ({ lead_id, lead_name }) => <LeadLink id={lead_id}>{lead_name}</LeadLink>,
    },
    {
      ...sortable('amount', 'Amount', 'descending'),
      width: '124px',
      cell: ({ amount }) => (
        <span className={classes.number}>
          <Money amount={amount} currency={currency} />
        </span>
      ),
    },
    {
      key: 'stage',
      header: 'Stage',
      width: '136px',
      cell: ({ stage, stage_id, state }) => <Stage name={stage} state={state} colour={colourOf(stage_id, summary)} />,
    },
    {
      key: 'probability',
      header: <span className={classes.number}>Chance</span>,
      width: '76px',
      cell: ({ probability }) => <span className={`${classes.number} tabular`}>{percent(probability)}</span>,
    },
    {
      ...sortable('close_date', 'Expected close', 'ascending'),
      width: '152px',
      cell: (deal) => <CloseDate deal={deal} today={today} />,
    },
    { key: 'owner', header: 'Owner', width: '148px', cell: ({ owner }) => <Person name={owner} /> },
  ];
}

function percent(probability: number | null) {
  return probability === null ? '—' : `${probability}%`;
}

function phoneColumns({ currency, today, summary }: Here): Column<Deal>[] {
  const card = (deal: Deal) => (
    <span className={classes.card}>
      <span className={classes.name}>{dealName(deal)}</span>
      <span className={classes.end}>
        <Money amount={deal.amount} currency={currency} />
      </span>
      <span className={classes.under}>
        {deal.end_date && (
          <>
            <CloseDate deal={deal} today={today} /> ·{' '}
          </>
        )}
        {deal.lead_name}
      </span>
      <span className={classes.end}>
        <Stage name={deal.stage} state={deal.state} colour={colourOf(deal.stage_id, summary)} />
      </span>
    </span>
  );
  return [{ key: 'deal', header: 'Deal', width: 'minmax(0, 1fr)', cell: card }];
}
