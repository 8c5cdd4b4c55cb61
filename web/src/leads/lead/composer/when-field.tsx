import { presets, toLocalInput } from '../when.ts';
import classes from './composer.module.css';

interface Props {
  /** What happens then: `Due`. */
  label: string;
  /** As the field for dates and times has it; '' is no time. */
  value: string;
  onChange: (value: string) => void;
}

/** A moment to come: one that is often chosen, or any other. */
export function WhenField({ label, value, onChange }: Props) {
  return (
    <div className={classes.row}>
      {presets().map(({ label: name, at }) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={value === toLocalInput(at)}
          onClick={() => onChange(toLocalInput(at))}
        >
          {name}
        </button>
      ))}
      <input
        type="datetime-local"
        aria-label={label}
        className={classes.when}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
