import { useEffect, useRef } from 'react';

/** Runs something a little later, once for all calls meanwhile; not at all once the screen is gone. */
export function useLater(work: () => unknown, milliseconds: number): () => void {
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
