import { type RefObject, useEffect, useLayoutEffect } from 'react';

interface Place {
  top: number;
  /** The row that Tab reaches. */
  active: number;
}

/** Where each table was left, by its address. */
const places = new Map<string, Place>();

/** The address of the table; what is open beside it does not count. */
function address(label: string): string {
  const search = new URLSearchParams(location.search);
  search.delete('lead');
  return `${label} ${location.pathname}?${search}`;
}

/** Where the table at this address was left. */
export function keptPlace(label: string): Place {
  return places.get(address(label)) ?? { top: 0, active: 0 };
}

/** Returns a table to where it was left, with the focus, and remembers where it is. */
export function useKeptPlace(label: string, scroller: RefObject<HTMLElement | null>, active: number): void {
  useLayoutEffect(() => {
    const { top, active: row } = keptPlace(label);
    if (!scroller.current || top + row === 0) return;
    scroller.current.scrollTop = top;
    requestAnimationFrame(() => {
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (isFree) scroller.current?.querySelector<HTMLElement>(`[data-at="${row}"]`)?.focus({ preventScroll: true });
    });
  }, [label, scroller]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const keep = () => places.set(address(label), { top: box.scrollTop, active });
    box.addEventListener('scroll', keep, { passive: true });
    if (active !== keptPlace(label).active) keep();
    return () => box.removeEventListener('scroll', keep);
  }, [label, scroller, active]);
}
