import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { LeadFilters, SortName } from '../../filters.ts';
import classes from '../cells/cells.module.css';
import { type ColumnName, type FixedColumn, isCustom } from '../display/use-display.ts';

export interface Sorting {
  state: 'ascending' | 'descending' | 'none';
  /** The order after a click; undefined for the default order. */
  next: LeadFilters['sort'];
}

/** What each column is sorted by; age is how long ago a lead was created. */
const sortNames: Partial<Record<FixedColumn, SortName>> = {
  lead: 'name',
  company: 'company_name',
  status: 'status',
  phone: 'phone',
  source: 'source',
  owner: 'owner',
  next: 'next_step',
  reply: 'first_reply',
  email: 'email',
  type: 'type',
  department: 'department',
  amount: 'target_amount',
  updated: 'updated',
};
/** The first click on these columns puts the largest or latest values first. */
const largestFirst: readonly ColumnName[] = ['amount', 'updated'];

/** How a click on a column's header sorts: one way, then the other, then newest first again. */
export function sortingOf(name: ColumnName, sort: string = 'newest'): Sorting | undefined {
  if (name === 'age')
    return sort === 'newest'
      ? { state: 'ascending', next: 'oldest' }
      : { state: sort === 'oldest' ? 'descending' : 'none', next: undefined };
  const key = isCustom(name) ? name : sortNames[name];
  if (!key) return undefined;
  const [first, second] = largestFirst.includes(name) ? [`-${key}`, key] : [key, `-${key}`];
  const state = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none';
  return { state, next: sort === first ? second : sort === second ? undefined : first };
}

interface Props extends Sorting {
  label: string;
  onSort: (sort: LeadFilters['sort']) => void;
}

/** A column header that sorts the list. */
export function SortButton({ label, state, next, onSort }: Props) {
  const Arrow = state === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <button type="button" className={classes.sort} onClick={() => onSort(next)}>
      <span className="unseen">Sort by </span>
      <span className="clip">{label}</span>
      {state !== 'none' && <Arrow size={12} aria-hidden />}
    </button>
  );
}
