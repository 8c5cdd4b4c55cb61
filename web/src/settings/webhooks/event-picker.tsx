import { Checkbox } from '@mantine/core';
import type { Problem } from '../../api/problem.ts';
import { Segments } from '../../ui/segments.tsx';
import { typeGroups } from './event-types.ts';
import classes from './webhooks.module.css';

const choices = [
  { value: 'all', label: 'All events' },
  { value: 'some', label: 'Only these types' },
] as const;

interface Props {
  value: readonly string[];
  onChange: (events: string[]) => void;
  problem: Problem | undefined;
}

/** Chooses which events a webhook gets: some types, or all of them, including those that later versions add. */
export function EventPicker({ value, onChange, problem }: Props) {
  const isAll = value.includes('*');
  const toggle = (types: readonly string[], on: boolean) =>
    onChange(on ? [...new Set([...value, ...types])] : value.filter((type) => !types.includes(type)));
  const error = problem?.of('events');
  return (
    <fieldset className={classes.picker}>
      <legend className={classes.legend}>Events</legend>
      <Segments
        label="Events to send"
        segments={choices}
        value={isAll ? 'all' : 'some'}
        onChange={(which) => onChange(which === 'all' ? ['*'] : [])}
      />
      {isAll && <p className="note">Including events added in later versions of Leadwell.</p>}
      {!isAll && (
        <div className={classes.groups}>
          {typeGroups.map(({ label, types }) => {
            const names = types.map((type) => type.value);
            const chosen = names.filter((name) => value.includes(name)).length;
            return (
              <fieldset key={label} className={classes.group}>
                <legend className="unseen">{label}</legend>
                <Checkbox
                  label={<strong>{label}</strong>}
                  aria-label={`${label}: select all`}
                  checked={chosen === names.length}
                  indeterminate={chosen > 0 && chosen < names.length}
                  onChange={({ currentTarget }) => toggle(names, currentTarget.checked)}
                />
                {types.map(({ value: type, about }) => (
                  <Checkbox
                    key={type}
                    label={about}
                    description={<span className="mono">{type}</span>}
                    checked={value.includes(type)}
                    onChange={({ currentTarget }) => toggle([type], currentTarget.checked)}
                  />
                ))}
              </fieldset>
            );
          })}
        </div>
      )}
      {error && (
        <p role="alert" className={classes.alarm}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
