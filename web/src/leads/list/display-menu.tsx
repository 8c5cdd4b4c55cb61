import { ActionIcon, Button, NativeSelect, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Segments } from '../../ui/segments.tsx';
import type { LeadFilters } from '../filters.ts';
import classes from './display-menu.module.css';
import { type ColumnName, columnNames, type Density, type Display } from './use-display.ts';

interface Props {
  display: Display;
  change: (change: Partial<Display>) => void;
  reset: () => void;
  sort: LeadFilters['sort'];
  onSort: (sort: LeadFilters['sort']) => void;
}

const densities: readonly { value: Density; label: string }[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'usual', label: 'Usual' },
  { value: 'roomy', label: 'Roomy' },
];
const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'next_step', label: 'By next step' },
];

/** Which columns are shown and in which order, how high rows are, and how they are sorted. */
export function DisplayMenu({ display, change: onChange, reset: onReset, sort, onSort }: Props) {
  const { columns, density } = display;
  const hidden = (Object.keys(columnNames) as ColumnName[]).filter((name) => !columns.includes(name));
  const move = (at: number, step: number) => {
    const next = [...columns];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + step, 0, moved);
    onChange({ columns: next });
  };
  const toggle = (name: ColumnName) =>
    onChange({ columns: columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name] });
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}>Display</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Display" className={classes.dropdown}>
        <NativeSelect
          label="Sort"
          data={sorts}
          value={sort ?? 'newest'}
          onChange={({ currentTarget: { value } }) =>
            onSort(value === 'newest' ? undefined : (value as LeadFilters['sort']))
          }
        />
        <div>
          <p className={classes.label}>Rows</p>
          <Segments
            label="Rows"
            segments={densities}
            value={density}
            onChange={(value) => onChange({ density: value })}
          />
        </div>
        <fieldset className={classes.columns}>
          <legend className={classes.label}>Columns</legend>
          {[...columns, ...hidden].map((name, at) => (
            <div key={name} className={classes.column}>
              <label className={classes.choice}>
                <input
                  type="checkbox"
                  checked={columns.includes(name)}
                  disabled={name === 'lead'}
                  onChange={() => toggle(name)}
                />
                {columnNames[name]}
              </label>
              {columns.includes(name) && (
                <>
                  <ActionIcon
                    size={24}
                    aria-label={`${columnNames[name]} further left`}
                    disabled={at === 0}
                    onClick={() => move(at, -1)}
                  >
                    <IconArrowUp size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    aria-label={`${columnNames[name]} further right`}
                    disabled={at === columns.length - 1}
                    onClick={() => move(at, 1)}
                  >
                    <IconArrowDown size={14} />
                  </ActionIcon>
                </>
              )}
            </div>
          ))}
        </fieldset>
        <Button variant="subtle" onClick={onReset}>
          As it was
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
