import type { ReactNode } from 'react';
import { Money } from '../../../ui/money.tsx';
import { type Tone, toneOf } from '../../../ui/pill.tsx';
import type { Column } from '../../../ui/table/virtual-rows.tsx';
import { absolute, relative } from '../../../ui/times.ts';
import type { Lead } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import type { LeadFilters } from '../../filters.ts';
import { nameOf } from '../../lead-name.ts';
import type { Selection } from '../bulk/use-selection.ts';
import classes from '../cells/cells.module.css';
import {
  AgeCell,
  type AskEdit,
  Marked,
  NextStepCell,
  OwnerCell,
  PhoneCell,
  ReplyCell,
  SelectCell,
  StatusCell,
  TagsCell,
} from '../cells/cells.tsx';
import { RowActions } from '../cells/row-actions.tsx';
import { type ColumnName, type Display, type FixedColumn, isCustom } from '../display/use-display.ts';
import { TextCell } from '../editing/text-cell.tsx';
import type { TextEditing } from '../editing/use-text-editing.ts';
import { ColumnEdge, widthOf } from './column-edge.tsx';
import { SortButton, sortingOf } from './sorting.tsx';

/** The data that cells need in addition to their lead. */
interface CellContext {
  now: number;
  labelOf: (name: ColumnName) => string;
  currency: string;
  statuses: readonly Status[];
  sought: string | undefined;
  sort: LeadFilters['sort'];
  selection: Selection;
  onAsk: AskEdit;
  onNote: (lead: Lead) => void;
  onSort: (sort: LeadFilters['sort']) => void;
  /** Undefined for people who may not change leads. */
  editing: TextEditing | undefined;
  widths: Display['widths'];
  onResize: (name: ColumnName, width: number | undefined) => void;
}

/** The minimum width of each column; some columns share the remaining width. */
const leastOfFixed: Record<FixedColumn, number> = {
  lead: 150,
  company: 120,
  status: 124,
  phone: 148,
  source: 120,
  owner: 144,
  next: 168,
  reply: 84,
  age: 64,
  email: 150,
  type: 120,
  department: 120,
  amount: 104,
  tags: 160,
  updated: 96,
};
const leastOf = (name: ColumnName) => (isCustom(name) ? 128 : leastOfFixed[name]);
const shares: Partial<Record<ColumnName, number>> = { lead: 1.2, company: 1, email: 1 };
const SELECT = 34;

/** The minimum width of a row without its margins. */
export function leastWidth(names: readonly ColumnName[], widths: Display['widths']): number {
  return names.reduce((sum, name) => sum + (widths[name] ?? leastOf(name)), SELECT);
}

/** A resized column takes its width from a CSS property of its own. */
function trackOf(name: ColumnName): string {
  const usual = shares[name] ? `minmax(${leastOf(name)}px, ${shares[name]}fr)` : `${leastOf(name)}px`;
  return `var(${widthOf(name)}, ${usual})`;
}

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

const fixedCells: Record<FixedColumn, Cell> = {
  lead: (lead, { sought, editing }) => <TextCell lead={lead} field="name" sought={sought} editing={editing} />,
  company: (lead, { sought, editing }) => (
    <TextCell lead={lead} field="company_name" sought={sought} editing={editing} />
  ),
  status: (lead, { statuses, onAsk }) => <StatusCell lead={lead} tone={toneFor(lead, statuses)} onAsk={onAsk} />,
  phone: (lead) => <PhoneCell lead={lead} />,
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
  tags: (lead, { onAsk }) => <TagsCell lead={lead} onAsk={onAsk} />,
  updated: (lead, { now }) => (
    <time className={`${classes.quiet} tabular`} dateTime={lead.updated_at} title={absolute(lead.updated_at)}>
      {relative(Date.parse(lead.updated_at), now)}
    </time>
  ),
};

function cellOf(name: ColumnName): Cell {
  return isCustom(name) ? (lead) => text(customText(lead.custom[name.slice('custom.'.length)])) : fixedCells[name];
}

function customText(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The colour of a lead's status. */
export function toneFor(lead: Lead, statuses: readonly Status[]): Tone {
  return toneOf(statuses.find(({ id }) => id === lead.status_id)?.colour);
}

/** The visible columns, between the column of checkboxes and the row actions. */
export function leadColumns(names: readonly ColumnName[], context: CellContext): Column<Lead>[] {
  const { selection } = context;
  const select: Column<Lead> = {
    key: 'select',
    width: `${SELECT}px`,
    header: (
      <SelectCell
        label="Select all rows shown"
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
  const actions: Column<Lead> = {
    key: 'actions',
    width: '0px',
    header: <span className="unseen">Actions</span>,
    cell: (lead) => <RowActions lead={lead} onAsk={context.onAsk} onNote={context.onNote} />,
  };
  return [select, ...names.map((name, at) => column(name, at, context)), actions];
}

function column(name: ColumnName, at: number, context: CellContext): Column<Lead> {
  const sorted = sortingOf(name, context.sort);
  const { widths, onSort, onResize } = context;
  const label = context.labelOf(name);
  return {
    key: name,
    width: trackOf(name),
    header: (
      <>
        {sorted ? <SortButton {...sorted} label={label} onSort={onSort} /> : label}
        <ColumnEdge
          name={name}
          label={label}
          width={widths[name]}
          usual={leastOf(name)}
          isFirst={at === 0}
          onResize={onResize}
        />
      </>
    ),
    cell: (lead) => cellOf(name)(lead, context),
    ...(sorted && { sort: sorted.state }),
  };
}
