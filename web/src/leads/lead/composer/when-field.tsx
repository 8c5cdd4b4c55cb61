import { useRef } from 'react';
import { useShortcuts } from '../../../app/shortcuts.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { presets, toLocalInput } from '../when.ts';
import classes from './composer.module.css';

interface Props {
  /** The label, such as `Due`. */
  label: string;
  /** In the format of datetime-local inputs; empty for none. */
  value: string;
  onChange: (value: string) => void;
  /** If set, each preset has a key, listed in the shortcut sheet under this name. */
  keyed?: string | undefined;
}

/** Chooses a date and time: a common one, or any other. */
export function WhenField({ label, value, onChange, keyed }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const choices = presets().map((preset) => ({ ...preset, run: () => onChange(toLocalInput(preset.at)) }));
  const keys = choices.map(({ key, label: name, run }) => [key, { label: `${keyed}: ${name}`, run }]);
  const pick = { label: `${keyed}: pick a time`, run: () => field.current?.focus() };
  useShortcuts({ ...Object.fromEntries(keys), t: pick }, keyed !== undefined);
  return (
    <div className={classes.row}>
      {choices.map(({ label: name, key, at, run }) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={value === toLocalInput(at)}
          onClick={run}
        >
          {name}
          {keyed && <ChipKey keys={key} />}
        </button>
      ))}
      <input
        ref={field}
        type="datetime-local"
        aria-label={label}
        className={classes.when}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

/** The key of a chip; hidden on phones, which have no keyboard. */
export function ChipKey({ keys }: { keys: string }) {
  return (
    <span aria-hidden className={classes.key}>
      <Kbd keys={keys} />
    </span>
  );
}
