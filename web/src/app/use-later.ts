import { useEffect, useRef } from 'react';

/** Does something a moment later, once for all who ask meanwhile; not at all when the screen is gone. */
export function useLater(work: () => unknown, milliseconds: number): () => void {
  const latest = useRef(work);
  latest.current = work;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void latest.current(), milliseconds);
  };
}
