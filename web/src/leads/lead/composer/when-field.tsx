import { presets, toLocalInput } from '../when.ts';
import classes from './composer.module.css';

interface Props {
  /** The label: `Due`. */
  label: string;
  /** In the format of date-time fields; empty for none. */
  value: string;
  onChange: (value: string) => void;
}

/** Chooses a moment: a common one, or any other. */
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
