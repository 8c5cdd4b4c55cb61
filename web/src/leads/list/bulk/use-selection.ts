import { useMemo, useRef, useState } from 'react';
import type { Lead } from '../../api/get-lead.ts';

/** The selected leads: some of those shown, or all that match the filters. */
export interface Selection {
  ids: ReadonlySet<string>;
  all: boolean;
  /** undefined if all are selected. */
  count: number | undefined;
  toggle(id: string, range?: boolean): void;
  selectShown(): void;
  selectAll(): void;
  clear(): void;
}

/** Selects single rows, ranges or everything. The selection is cleared when `scope` changes. */
export function useSelection(rows: readonly Lead[], scope: string): Selection {
  const [state, setState] = useState<{ ids: ReadonlySet<string>; all: boolean; scope: string }>(() => nothing(scope));
  const last = useRef<string>(undefined);
  const current = state.scope === scope ? state : nothing(scope);
  const ids = useMemo(
    () => (current.all ? new Set(rows.map(({ id }) => id)) : current.ids),
    [current.all, current.ids, rows],
  );
  const set = (next: ReadonlySet<string>, all = false) => setState({ ids: next, all, scope });
  return {
    ids,
    all: current.all,
    count: current.all ? undefined : ids.size,
    toggle(id, range = false) {
      const next = new Set(ids);
      const between = range ? rowsBetween(rows, last.current, id) : [id];
      const select = !ids.has(id);
      for (const one of between)
        if (select) next.add(one);
        else next.delete(one);
      last.current = id;
      set(next);
    },
    selectShown: () => set(new Set(rows.map(({ id }) => id))),
    selectAll: () => set(new Set(), true),
    clear: () => set(new Set()),
  };
}

function nothing(scope: string) {
  return { ids: new Set<string>(), all: false, scope };
}

function rowsBetween(rows: readonly Lead[], from: string | undefined, to: string): string[] {
  const ends = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  const [start = -1, end = -1] = ends.sort((a, b) => a - b);
  return start < 0 ? [to] : rows.slice(start, end + 1).map(({ id }) => id);
}
