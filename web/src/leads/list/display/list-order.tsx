import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import { useFieldLabel, useLeadFields } from '../../../app/lead-fields.ts';
import { type Group, groupNames, type LeadFilters, type SortName, sortNames } from '../../filters.ts';
import classes from './display-menu.module.css';
import { isCustom } from './use-display.ts';

/** What the list is sorted and grouped by. */
export type Order = Pick<LeadFilters, 'sort' | 'group'>;

interface Props {
  order: Order;
  onOrder: (order: Order) => void;
}

const labels: Partial<Record<SortName, string>> = {
  next_step: 'Next step',
  first_reply: '1st reply',
  updated: 'Last edited',
};

/** Chooses what the list is sorted and grouped by. */
export function ListOrder({ order: { sort = 'newest', group }, onOrder }: Props) {
  const labelOf = useFieldLabel();
  const own = useLeadFields().flatMap(({ name }) => (isCustom(name) ? name : []));
  const column = sort.replace(/^-/, '');
  const isByColumn = sort !== 'newest' && sort !== 'oldest';
  const choose = (value: string) => onOrder({ sort: value === 'newest' ? undefined : value });
  return (
    <div className={classes.order}>
      <NativeSelect
        label="Sort"
        className={classes.grows}
        data={[
          { value: 'newest', label: 'Newest first' },
          { value: 'oldest', label: 'Oldest first' },
          ...[...sortNames, ...own].map((name) => ({ value: name, label: labels[name] ?? labelOf(name) })),
        ]}
        value={column}
        onChange={({ currentTarget: { value } }) => choose(value)}
      />
      {isByColumn && (
        <ActionIcon
          size={30}
          variant="default"
          aria-label="Reverse the order"
          aria-pressed={sort.startsWith('-')}
          onClick={() => choose(sort.startsWith('-') ? column : `-${column}`)}
        >
          <IconArrowsSort size={16} />
        </ActionIcon>
      )}
      <NativeSelect
        label="Group by"
        className={classes.grows}
        data={[{ value: '', label: 'None' }, ...groupNames.map((name) => ({ value: name, label: labelOf(name) }))]}
        value={group ?? ''}
        onChange={({ currentTarget: { value } }) => onOrder({ group: value === '' ? undefined : (value as Group) })}
      />
    </div>
  );
}
