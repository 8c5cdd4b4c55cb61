import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface Place {
  top: number;
  left: number;
  /** The row that Tab reaches. */
  active: number;
}

/** The last place in everything that scrolls, by its label and URL. */
const places = new Map<string, Place>();
const start: Place = { top: 0, left: 0, active: 0 };

/** The parameters of a URL that open something beside a list, and leave the list as it is. */
const beside = ['lead', 'deal', 'mail', 'open', 'job', 'delivery', 'item'] as const;

/** The key of a list or page: its label and URL, except for what is open beside it. */
function address(label: string): string {
  const search = new URLSearchParams(location.search);
  for (const name of beside) search.delete(name);
  return `${label} ${location.pathname}?${search}`;
}

let isReturn = false;

/** Notes how the current page was reached; the router calls it. A page that replaces another was reached as that was. */
export function noteArrival(action: string): void {
  if (action !== 'REPLACE') isReturn = action !== 'PUSH';
}

/** The last scroll position and active row of the table at the current URL. */
export function keptPlace(label: string): Place {
  return places.get(address(label)) ?? start;
}

/** Keeps track of where a table is scrolled to and which of its rows is active, and restores both. */
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
    const keep = () => places.set(address(label), { top: box.scrollTop, left: box.scrollLeft, active });
    box.addEventListener('scroll', keep, { passive: true });
    if (active !== keptPlace(label).active) keep();
    return () => box.removeEventListener('scroll', keep);
  }, [label, scroller, active]);
}

/**
 * Keeps track of where something is scrolled to, and restores it when somebody comes back, as browsers do. Returns the
 * ref of what scrolls.
 */
export function useKeptScroll<Box extends HTMLElement>(label: string): RefObject<Box | null> {
  const scroller = useRef<Box>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const key = address(label);
    const kept = places.get(key);
    if (!isReturn) places.delete(key);
    const stop = isReturn && kept ? scrollOnceThere(box, kept) : undefined;
    const keep = () => places.set(address(label), { ...start, top: box.scrollTop, left: box.scrollLeft });
    box.addEventListener('scroll', keep, { passive: true });
    return () => {
      box.removeEventListener('scroll', keep);
      stop?.();
    };
  }, [label]);
  return scroller;
}

const acts = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Scrolls to a place, which may be there only after the content has loaded, unless somebody scrolls before that. */
function scrollOnceThere(box: HTMLElement, { top, left }: Place): () => void {
  const stop = () => {
    observer.disconnect();
    for (const act of acts) box.removeEventListener(act, stop);
  };
  const scroll = () => {
    box.scrollTo({ top, left, behavior: 'instant' });
    if (Math.abs(box.scrollTop - top) <= 1 && Math.abs(box.scrollLeft - left) <= 1) stop();
  };
  const observer = new MutationObserver(scroll);
  observer.observe(box, { childList: true, subtree: true });
  for (const act of acts) box.addEventListener(act, stop, { passive: true });
  scroll();
  return stop;
}
