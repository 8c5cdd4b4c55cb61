import type { ReactNode } from 'react';
import classes from './table.module.css';

interface Props {
  label: string;
  /** The names of the columns. */
  head?: readonly string[];
  /** The rows. */
  children: ReactNode;
}

/** A table that scrolls sideways if it is wide, also by keyboard. */
export function Table({ label, head, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={label}>
      <table className={classes.table}>
        {head && (
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
