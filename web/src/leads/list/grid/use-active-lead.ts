import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { Lead } from '../../api/get-lead.ts';

/** The lead that keys act on. If its row moves while it has the focus, the focus moves with it. */
export function useActiveLead(box: RefObject<HTMLElement | null>, rows: readonly Lead[]) {
  const active = useRef<Lead>(undefined);
  const placeOf = () => rows.findIndex(({ id }) => id === active.current?.id);
  const placeOfFocus = () => {
    const row = document.activeElement;
    const isRow = row instanceof HTMLElement && row.matches('[role="row"][data-at]') && box.current?.contains(row);
    return isRow ? Number(row.dataset['at']) : undefined;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows move only when they change
  useLayoutEffect(() => {
    const [at, focused] = [placeOf(), placeOfFocus()];
    if (at >= 0 && focused !== undefined && focused !== at)
      box.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus({ preventScroll: true });
  }, [rows]);
  const note = useCallback((lead: Lead | undefined) => {
    active.current = lead;
  }, []);
  const onFocus = ({ target }: FocusEvent) => {
    const row = target.closest<HTMLElement>('[role="row"][data-at]');
    if (row) active.current = rows[Number(row.dataset['at'])];
  };
  // The lead is looked up again because it may have changed, or left the list, since its row got the focus.
  return { activeLead: () => rows[placeOf()] ?? rows[placeOfFocus() ?? 0], note, onFocus };
}
