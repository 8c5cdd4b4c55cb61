import { type KeyboardEvent, useRef } from 'react';
import classes from './segments.module.css';

interface Segment<V extends string> {
  value: V;
  label: string;
  count?: number | undefined;
  /** Shown in red, because it counts something wrong. */
  alarm?: boolean;
}

interface Props<V extends string> {
  label: string;
  segments: readonly Segment<V>[];
  value: V;
  onChange: (value: V) => void;
}

/** A choice of a few values, each with its count; the arrow keys move between them. */
export function Segments<V extends string>({ label, segments, value, onChange }: Props<V>) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const at = segments.findIndex((segment) => segment.value === value);
    const next = (at + step + segments.length) % segments.length;
    const segment = segments[next];
    if (!segment) return;
    onChange(segment.value);
    row.current?.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus();
  };
  return (
    <div ref={row} role="radiogroup" aria-label={label} className={classes.row} onKeyDown={move}>
      {segments.map((segment) => {
        const chosen = segment.value === value;
        return (
          <button
            key={segment.value}
            type="button"
            role="radio"
            aria-checked={chosen}
            tabIndex={chosen ? 0 : -1}
            className={classes.segment}
            data-alarm={segment.alarm || undefined}
            onClick={() => onChange(segment.value)}
          >
            {segment.label}
            {segment.count !== undefined && <span className={classes.count}>{segment.count.toLocaleString()}</span>}
          </button>
        );
      })}
    </div>
  );
}
