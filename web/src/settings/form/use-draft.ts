import { useState } from 'react';

/** Values of a form beside those they started from; what is different is what is saved. */
export function useDraft<T extends object>(saved: T) {
  const [changes, setChanges] = useState<Partial<T>>({});
  const values = { ...saved, ...changes };
  const changed = Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => !same(value, saved[key as keyof T])),
  ) as Partial<T>;
  return {
    values,
    /** Only what differs. */
    changed,
    isChanged: Object.keys(changed).length > 0,
    set: (more: Partial<T>) => setChanges((before) => ({ ...before, ...more })),
    reset: () => setChanges({}),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
