import { useEffect, useState } from 'react';
import classes from './skeleton-rows.module.css';

interface Props {
  rows?: number;
  /** The height of a row, in pixels. */
  height?: number;
  /** Announced to screen readers. */
  label?: string;
}

/** True after a delay, so that fast responses do not cause flicker. */
export function useAfter(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

/** Placeholder rows, shown if loading takes longer than 150 ms. */
export function SkeletonRows({ rows = 8, height = 38, label = 'Loading' }: Props) {
  const late = useAfter(150);
  return (
    <div role="status" aria-label={label}>
      {late &&
        Array.from({ length: rows }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same
          <div key={at} className={classes.row} style={{ height }}>
            <span style={{ width: `${22 + ((at * 7) % 11)}%` }} />
            <span style={{ width: `${14 + ((at * 5) % 9)}%` }} />
            <span style={{ width: '9%' }} />
          </div>
        ))}
    </div>
  );
}
