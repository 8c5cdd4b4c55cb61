import { useEffect, useState } from 'react';
import classes from './skeleton-rows.module.css';

interface Props {
  rows?: number;
  /** The height of one, in pixels. */
  height?: number;
  /** What is loading; read out once. */
  label?: string;
}

/** True after a moment: what comes at once must not flicker first. */
export function useAfter(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

/** The shape of rows to come; shown when they take longer than 150 ms. */
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
