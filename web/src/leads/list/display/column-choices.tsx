import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './display-menu.module.css';
import { type ColumnName, useColumnLabel, useColumnNames } from './use-display.ts';

interface Props {
  /** The visible columns, in order. */
  columns: readonly ColumnName[];
  onChange: (columns: ColumnName[]) => void;
}

/** Chooses the columns and their order. */
export function ColumnChoices({ columns, onChange }: Props) {
  const label = useColumnLabel();
  const hidden = useColumnNames().filter((name) => !columns.includes(name));
  const move = (at: number, step: number) => {
    const next = [...columns];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + step, 0, moved);
    onChange(next);
  };
  const toggle = (name: ColumnName) =>
    onChange(columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name]);
  return (
    <fieldset className={classes.columns}>
      <legend className={classes.label}>Columns</legend>
      {[...columns, ...hidden].map((name, at) => (
        <div key={name} className={classes.column}>
          <label className={classes.choice}>
            <input
              className="tick"
              type="checkbox"
              checked={columns.includes(name)}
              disabled={name === 'lead'}
              onChange={() => toggle(name)}
            />
            {label(name)}
          </label>
          {columns.includes(name) && (
            <>
              <ActionIcon
                size={24}
                aria-label={`Move ${label(name)} left`}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={`Move ${label(name)} right`}
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
  );
}
