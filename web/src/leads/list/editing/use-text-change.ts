import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { asProblem, Problem } from '../../../api/problem.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type Lead, leadQuery, patchLead } from '../../api/get-lead.ts';
import { nameOf } from '../../lead/name-of.ts';

/** A text of a lead that is written in its cell. */
export type TextField = 'name' | 'company_name';
/** Writes a text of a lead, as it was seen; blank clears it. */
export type SetText = (seen: Lead, field: TextField, typed: string) => Promise<void>;

const words = { name: 'Name', company_name: 'Company' } as const;

/**
 * Writes a text at once in its row, tells the server, and offers to take it back. What somebody else wrote in the same
 * place meanwhile is not overwritten: it is shown, and said.
 */
export function useTextChange(rows: readonly Lead[], show: (changed: ReadonlyMap<string, Lead>) => void): SetText {
  const client = useQueryClient();
  const shown = useRef(rows);
  shown.current = rows;
  const sent = useRef(new Map<string, Promise<Lead | undefined>>());
  const look = (id: string, change: Partial<Lead>) => {
    const row = shown.current.find((one) => one.id === id);
    if (row) show(new Map([[id, { ...row, ...change }]]));
  };
  const write = async (seen: Lead, field: TextField, value: string | null): Promise<Lead | undefined> => {
    look(seen.id, { [field]: value });
    // What was written in the next cell just before is one's own.
    const before = await sent.current.get(seen.id);
    const base = before && before.version > seen.version && before[field] === seen[field] ? before : seen;
    try {
      const saved = await send(client, base, field, value);
      client.setQueryData(leadQuery(saved.id).queryKey, saved);
      show(new Map([[saved.id, saved]]));
      return saved;
    } catch (error) {
      look(seen.id, error instanceof Overtaken ? error.theirs : { [field]: seen[field] });
      toast.error(asProblem(error), `${words[field]} of ${nameOf(seen)} was not changed.`);
      return undefined;
    }
  };
  const inTurn = (seen: Lead, field: TextField, value: string | null) => {
    const writing = write(seen, field, value);
    sent.current.set(seen.id, writing);
    return writing;
  };
  return async (seen, field, typed) => {
    const value = typed.trim() === '' ? null : typed.trim();
    if (value === seen[field]) return;
    const saved = await inTurn(seen, field, value);
    if (!saved) return;
    const said = value === null ? `${words[field]} cleared` : `${words[field]} set to ${value}`;
    toast.undo(said, () => void inTurn(saved, field, seen[field]));
  };
}

/** Somebody else wrote in the same place. */
class Overtaken extends Problem {
  readonly theirs: Lead;

  constructor(theirs: Lead, field: TextField, mine: string | null) {
    const said = (text: string | null) => (text === null ? 'nothing' : `“${text}”`);
    super(412, { detail: `Somebody else set it to ${said(theirs[field])} meanwhile; you wrote ${said(mine)}.` });
    this.theirs = theirs;
  }
}

/** When something else of the lead was changed meanwhile, that stays, and this is added. */
async function send(client: QueryClient, seen: Lead, field: TextField, value: string | null): Promise<Lead> {
  const patch = { [field]: value };
  try {
    return await patchLead(seen.id, patch, seen.version);
  } catch (error) {
    if (asProblem(error).status !== 412) throw error;
    const theirs = await client.fetchQuery({ ...leadQuery(seen.id), staleTime: 0 });
    if (theirs[field] !== seen[field]) throw new Overtaken(theirs, field, value);
    return patchLead(seen.id, patch, theirs.version);
  }
}
