import { useMemo, useRef } from 'react';
import type { Insert } from '../../../ui/table/lines.ts';
import type { Lead } from '../../api/get-lead.ts';

/** The rows of the list, and the headings between them. */
export interface Lines {
  rows: readonly Lead[];
  inserts: readonly Insert[] | undefined;
}

/** The lines as they are; while `isHeld`, in the order they had when it began, but with what has changed in them since. */
export function useHeldLines({ rows, inserts }: Lines, isHeld: boolean): Lines {
  const order = useRef<Lines>({ rows, inserts });
  if (!isHeld) order.current = { rows, inserts };
  return useMemo(() => {
    if (!isHeld) return { rows, inserts };
    const fresh = new Map(rows.map((lead) => [lead.id, lead]));
    return { ...order.current, rows: order.current.rows.map((lead) => fresh.get(lead.id) ?? lead) };
  }, [rows, inserts, isHeld]);
}
