import type { ReactNode } from 'react';
import classes from './pill.module.css';

/** The named colour pairs; each is readable in both themes. */
export const tones = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost', 'bad', 'neutral'] as const;
export type Tone = (typeof tones)[number];

/** A tone by its name; what is none is neutral. */
export function toneOf(name: string | null | undefined): Tone {
  return tones.find((tone) => tone === name) ?? 'neutral';
}

/** A state: always a word, its colour only helps. */
export function Pill({ tone, dot = true, children }: { tone: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {dot && <span className={classes.dot} aria-hidden />}
      {children}
    </span>
  );
}
