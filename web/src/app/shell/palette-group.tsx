import type { ReactNode } from 'react';
import classes from './palette.module.css';

/** An entry in the palette. */
export interface Hit {
  key: string;
  group: 'Leads' | 'Actions';
  label: string;
  description?: string;
  icon: ReactNode;
  hint?: ReactNode;
  run: () => void;
}

/** The DOM id of the hit at this position. */
export const idOf = (at: number) => `palette-hit-${at}`;

interface GroupProps {
  name: Hit['group'];
  hits: readonly Hit[];
  chosen: number;
  onTake: (hit: Hit) => void;
}

/** The hits of one group, under its name. */
export function Group({ name, hits, chosen, onTake }: GroupProps) {
  if (!hits.some(({ group }) => group === name)) return null;
  return (
    <div role="group" aria-label={name}>
      <p className={classes.group} aria-hidden>
        {name}
      </p>
      {hits.map(
        (hit, at) =>
          hit.group === name && (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field, which has the keys
            <div
              key={hit.key}
              id={idOf(at)}
              role="option"
              aria-selected={at === chosen}
              className={classes.hit}
              onClick={() => onTake(hit)}
            >
              {hit.icon}
              <span className={classes.words}>
                <span className="clip">{hit.label}</span>
                {hit.description && <span className={classes.description}>{hit.description}</span>}
              </span>
              {hit.hint}
            </div>
          ),
      )}
    </div>
  );
}
