import { useLocalStorage } from '@mantine/hooks';
import { useFieldLabel, useLeadFields } from '../../../app/lead-fields.ts';
import { useMe } from '../../../app/session.ts';

/** The columns that a list of leads can have, in their default order; each shows a field or is computed. */
const columnDefinitions = {
  lead: { label: 'Lead' },
  company: { field: 'company_name' },
  status: { field: 'status' },
  phone: { field: 'phone' },
  source: { field: 'source' },
  owner: { field: 'owner' },
  next: { label: 'Next step' },
  reply: { label: '1st reply' },
  age: { label: 'Age' },
  email: { field: 'email' },
  type: { field: 'type' },
  department: { field: 'department' },
  amount: { field: 'target_amount' },
  tags: { label: 'Tags' },
  updated: { label: 'Last edited' },
} as const;
export type FixedColumn = keyof typeof columnDefinitions;
/** A built-in column, or one for a custom field. */
export type ColumnName = FixedColumn | `custom.${string}`;
const fixedColumns = Object.keys(columnDefinitions) as FixedColumn[];

export function isCustom(name: string): name is `custom.${string}` {
  return name.startsWith('custom.');
}

/** All columns, in the default order. */
export function useColumnNames(): ColumnName[] {
  const own = useLeadFields().flatMap(({ name }) => (isCustom(name) ? name : []));
  return [...fixedColumns, ...own];
}

/** The label of a column. */
export function useColumnLabel(): (name: ColumnName) => string {
  const fieldLabel = useFieldLabel();
  return (name) => {
    if (isCustom(name)) return fieldLabel(name);
    const column = columnDefinitions[name];
    return 'field' in column ? fieldLabel(column.field) : column.label;
  };
}

export const densities = { compact: 32, usual: 38, roomy: 46 } as const;
export type Density = keyof typeof densities;

/** A person's display settings for the list, stored in this browser. */
export interface Display {
  /** The visible columns in order; the lead's name is always among them. */
  columns: ColumnName[];
  density: Density;
  /** Custom column widths in pixels. */
  widths: Partial<Record<ColumnName, number>>;
  /** True if the figures above the list are open. */
  insights: boolean;
}

const usual: Display = {
  columns: ['lead', 'company', 'status', 'phone', 'source', 'owner', 'next', 'reply', 'age'],
  density: 'usual',
  widths: {},
  insights: false,
};

/** The display settings and their setters. */
export function useDisplay() {
  const { id } = useMe().member;
  const [kept, keep] = useLocalStorage<Display>({
    key: `leadwell.leads.${id}`,
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
  const known = useColumnNames();
  const columns = kept.columns.filter((name) => known.includes(name));
  const display: Display = {
    columns: columns.includes('lead') ? columns : ['lead', ...columns],
    density: kept.density in densities ? kept.density : 'usual',
    // Settings stored by older versions lack these.
    widths: kept.widths ?? {},
    insights: kept.insights === true,
  };
  return {
    display,
    change: (change: Partial<Display>) => keep({ ...display, ...change }),
    reset: () => keep({ ...usual, insights: display.insights }),
  };
}
