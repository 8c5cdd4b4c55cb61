import { useLocalStorage } from '@mantine/hooks';
import { useMe } from '../../../app/session.ts';

/** The columns that a list of leads can have, in their usual order. */
export const columnNames = {
  lead: 'Lead',
  company: 'Company',
  status: 'Status',
  phone: 'Phone',
  source: 'Source',
  owner: 'Owner',
  next: 'Next step',
  reply: '1st reply',
  age: 'Age',
  email: 'E-mail',
  type: 'Type',
  department: 'Department',
  amount: 'Amount',
} as const;
export type ColumnName = keyof typeof columnNames;

export const densities = { compact: 32, usual: 38, roomy: 46 } as const;
export type Density = keyof typeof densities;

/** How somebody likes their list: kept in this browser. */
export interface Display {
  /** Those shown, in order; the name of the lead is always among them. */
  columns: ColumnName[];
  density: Density;
  /** Columns that were pulled, in pixels. */
  widths: Partial<Record<ColumnName, number>>;
  /** The figures above the list are open. */
  insights: boolean;
}

const usual: Display = {
  columns: ['lead', 'company', 'status', 'phone', 'source', 'owner', 'next', 'reply', 'age'],
  density: 'usual',
  widths: {},
  insights: false,
};

/** What this person chose for their list, and how to choose. */
export function useDisplay() {
  const { id } = useMe().member;
  const [kept, keep] = useLocalStorage<Display>({
    key: `leadwell.leads.${id}`,
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
  const columns = kept.columns.filter((name) => name in columnNames);
  const display: Display = {
    columns: columns.includes('lead') ? columns : ['lead', ...columns],
    density: kept.density in densities ? kept.density : 'usual',
    // Kept before there were such things: as usual.
    widths: kept.widths ?? {},
    insights: kept.insights === true,
  };
  return {
    display,
    change: (change: Partial<Display>) => keep({ ...display, ...change }),
    reset: () => keep({ ...usual, insights: display.insights }),
  };
}
