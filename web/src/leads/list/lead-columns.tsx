import type { ReactNode } from 'react';
import { Money } from '../../ui/money.tsx';
import { type Tone, toneOf } from '../../ui/pill.tsx';
import type { Column } from '../../ui/virtual-rows.tsx';
import type { Status } from '../book.ts';
import type { LeadFilters } from '../filters.ts';
import type { Lead } from '../lead/lead-queries.ts';
import { nameOf } from '../lead/name-of.ts';
import classes from './cells.module.css';
import {
  AgeCell,
  type AskEdit,
  Marked,
  NameCell,
  NextStepCell,
  OwnerCell,
  ReplyCell,
  SelectCell,
  StatusCell,
} from './cells.tsx';
import { type ColumnName, columnNames } from './use-display.ts';
import type { Selection } from './use-selection.ts';

/** What the cells need to know besides their lead. */
export interface CellContext {
  now: number;
  currency: string;
  statuses: readonly Status[];
  sought: string | undefined;
  sort: LeadFilters['sort'];
  selection: Selection;
  onAsk: AskEdit;
  onSort: (sort: LeadFilters['sort']) => void;
}

const widths: Record<ColumnName, string> = {
  lead: 'minmax(150px, 1.2fr)',
  company: 'minmax(120px, 1fr)',
  status: '124px',
  phone: '148px',
  source: '120px',
  owner: '144px',
  next: '168px',
  reply: '84px',
  age: '64px',
  email: 'minmax(150px, 1fr)',
  type: '120px',
  department: '120px',
  amount: '104px',
};

type Cell = (lead: Lead, context: CellContext) => ReactNode;

const text = (value: string | null, sought?: string) =>
  value ? (
    <span className="clip">
      <Marked text={value} sought={sought} />
    </span>
  ) : null;
const quiet = (value: string | null, sought?: string) => (
  <span className={`${classes.quiet} clip`}>{text(value, sought)}</span>
);

const cells: Record<ColumnName, Cell> = {
  lead: (lead, { sought }) => <NameCell lead={lead} sought={sought} />,
  company: (lead, { sought }) => quiet(lead.company_name, sought),
  status: (lead, { statuses, onAsk }) => <StatusCell lead={lead} tone={toneFor(lead, statuses)} onAsk={onAsk} />,
  phone: (lead) =>
    lead.phone && (
      <a href={`tel:${lead.phone}`} tabIndex={-1} className="quiet-link tabular clip">
        {lead.phone_display}
      </a>
    ),
  source: (lead) => text(lead.source),
  owner: (lead, { onAsk }) => <OwnerCell lead={lead} onAsk={onAsk} />,
  next: (lead, { now, onAsk }) => <NextStepCell lead={lead} now={now} onAsk={onAsk} />,
  reply: (lead, { now }) => <ReplyCell lead={lead} now={now} />,
  age: (lead, { now }) => <AgeCell lead={lead} now={now} />,
  email: (lead, { sought }) => quiet(lead.email, sought),
  type: (lead) => text(lead.type),
  department: (lead) => text(lead.department),
  amount: (lead, { currency }) =>
    lead.target_amount !== null && <Money amount={lead.target_amount} currency={currency} short />,
};

/** The colour of a lead's status. */
export function toneFor(lead: Lead, statuses: readonly Status[]): Tone {
  return toneOf(statuses.find(({ id }) => id === lead.status_id)?.colour);
}

/** The columns that somebody chose, behind the one that selects. */
export function leadColumns(names: readonly ColumnName[], context: CellContext): Column<Lead>[] {
  const { selection } = context;
  const select: Column<Lead> = {
    key: 'select',
    width: '34px',
    header: (
      <SelectCell
        label="Select the rows that are shown"
        checked={selection.all || selection.ids.size > 0}
        onToggle={() => (selection.ids.size > 0 ? selection.clear() : selection.selectShown())}
      />
    ),
    cell: (lead) => (
      <SelectCell
        label={`Select ${nameOf(lead)}`}
        checked={selection.ids.has(lead.id)}
        onToggle={(range) => selection.toggle(lead.id, range)}
      />
    ),
  };
  return [select, ...names.map((name) => column(name, context))];
}

function column(name: ColumnName, context: CellContext): Column<Lead> {
  const sorted = sorting(name, context);
  return {
    key: name,
    width: widths[name],
    header: sorted ? <SortButton {...sorted} label={columnNames[name]} onSort={context.onSort} /> : columnNames[name],
    cell: (lead) => cells[name](lead, context),
    ...(sorted && { sort: sorted.state }),
  };
}

type Sorting = { state: 'ascending' | 'descending' | 'none'; next: LeadFilters['sort'] };

/** Age and next step can be sorted by: a click turns the order round, or back to the newest. */
function sorting(name: ColumnName, { sort = 'newest' }: CellContext): Sorting | undefined {
  if (name === 'age')
    return sort === 'newest'
      ? { state: 'ascending', next: 'oldest' }
      : { state: sort === 'oldest' ? 'descending' : 'none', next: undefined };
  if (name === 'next')
    return sort === 'next_step' ? { state: 'ascending', next: undefined } : { state: 'none', next: 'next_step' };
  return undefined;
}

const arrows = { ascending: ' ↑', descending: ' ↓', none: '' };

function SortButton({ label, state, next, onSort }: Sorting & { label: string; onSort: CellContext['onSort'] }) {
  return (
    <button type="button" className={classes.sort} onClick={() => onSort(next)}>
      {label}
      <span aria-hidden>{arrows[state]}</span>
    </button>
  );
}
