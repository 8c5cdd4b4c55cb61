import { NumberInput, TextInput } from '@mantine/core';
import type { LeadFilters } from '../../filters.ts';
import classes from './filter-bar.module.css';

interface Props {
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
}

/** Filters by a range of amounts. */
export function Amounts({ filters, onChange }: Props) {
  const number = (value: string | number) => (value === '' ? undefined : Number(value));
  return (
    <div className={classes.span}>
      <NumberInput
        label="At least"
        hideControls
        value={filters.amount_from ?? ''}
        onChange={(value) => onChange({ amount_from: number(value) })}
      />
      <NumberInput
        label="At most"
        hideControls
        value={filters.amount_to ?? ''}
        onChange={(value) => onChange({ amount_to: number(value) })}
      />
    </div>
  );
}

/** Filters by a range of creation dates. */
export function Days({ filters, onChange }: Props) {
  const set = (name: 'created_from' | 'created_to', day: string) =>
    onChange({ created: undefined, [name]: day === '' ? undefined : day });
  return (
    <div className={classes.span}>
      <TextInput
        type="date"
        label="First day"
        value={filters.created_from ?? ''}
        onChange={({ currentTarget }) => set('created_from', currentTarget.value)}
      />
      <TextInput
        type="date"
        label="Last day"
        value={filters.created_to ?? ''}
        onChange={({ currentTarget }) => set('created_to', currentTarget.value)}
      />
    </div>
  );
}
