import type { ReactNode } from 'react';
import classes from './pill.module.css';

/** The named colour pairs, readable in both themes. */
export const tones = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost', 'bad', 'neutral'] as const;
export type Tone = (typeof tones)[number];

/** The tone of this name, or neutral. */
export function toneOf(name: string | null | undefined): Tone {
  return tones.find((tone) => tone === name) ?? 'neutral';
}

/** A state as a word on a colour. */
export function Pill({ tone, dot = true, children }: { tone: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {dot && <span className={classes.dot} aria-hidden />}
      {children}
    </span>
  );
}
