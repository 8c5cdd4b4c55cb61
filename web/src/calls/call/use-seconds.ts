import { useEffect, useState } from 'react';

/** Seconds since a moment, counting while it runs. */
export function useSeconds(since: number | undefined, until?: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === undefined || until !== undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [since, until]);
  return since === undefined ? 0 : Math.max(0, Math.round(((until ?? now) - since) / 1000));
}
