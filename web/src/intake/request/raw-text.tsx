import type { ReactNode } from 'react';
import classes from './raw-text.module.css';

/** Raw text in a box that scrolls by mouse and keyboard. */
export function RawText({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.raw} tabIndex={0} aria-label={label}>
      <pre>{children}</pre>
    </section>
  );
}
