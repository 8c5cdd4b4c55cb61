import type { ReactNode } from 'react';
import classes from './choices.module.css';

/** Choices to tick, in a scrolling list. */
export function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{label}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  /**
   * The name that the radio buttons of one question share; without it there are checkboxes and several can be ticked.
   */
  oneOf?: string | undefined;
  checked: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** One choice to tick. */
export function Choice({ oneOf, checked, onToggle, children }: ChoiceProps) {
  return (
    <label className={classes.choice}>
      <input className="tick" type={oneOf ? 'radio' : 'checkbox'} name={oneOf} checked={checked} onChange={onToggle} />
      {children}
    </label>
  );
}

/** An action below the choices that looks like one of them. */
export function ChoiceButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.choice} onClick={onClick}>
      {children}
    </button>
  );
}
