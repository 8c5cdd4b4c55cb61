import { useEffect, useRef } from 'react';

/** Returns a function that runs `work` after a delay, once for all calls until then, and never after unmounting. */
export function useDelayed(work: () => unknown, milliseconds: number): () => void {
  const latest = useRef(work);
  latest.current = work;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void latest.current();
    }, milliseconds);
  };
}
