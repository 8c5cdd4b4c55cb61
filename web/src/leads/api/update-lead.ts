import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { askWhichToKeep } from './conflicts.ts';
import { type Lead, type LeadPatch, leadQuery, storeLead } from './get-lead.ts';
import { conflictsOf, type FieldChange, type LeadChange, type SeenLead, valuesBefore } from './lead-change.ts';

/** The result of a change: saved, refused by the server, or given up in favour of somebody else's change. */
export type UpdateOutcome =
  | { kind: 'saved'; lead: Lead }
  | { kind: 'theirs'; lead: Lead }
  | { kind: 'refused'; problem: Problem };

/** The last update of each lead: updates of the same lead are sent one after the other. */
const lastUpdates = new Map<string, Promise<Lead | undefined>>();

/**
 * The only way to change a lead. The change is shown at once and reverted if the server refuses it. If somebody else
 * changed the lead meanwhile, it is sent again on top of their version, unless both changed the same field: then the
 * user is asked which value to keep.
 */
export function updateLead(client: QueryClient, change: LeadChange): Promise<UpdateOutcome> {
  const { id } = change.seen;
  const previous = lastUpdates.get(id);
  const shown = showLead(client, change.seen, change.shown);
  const sending = (async () => {
    await shown;
    const own = await previous;
    return send(client, own ? onTopOf(change, own) : change);
  })();
  lastUpdates.set(
    id,
    sending.then((outcome) => (outcome.kind === 'refused' ? previous : outcome.lead)),
  );
  return sending;
}

/** Shows a lead with other values everywhere on the screen before the server has confirmed them. */
export async function showLead(client: QueryClient, seen: SeenLead, shown: Partial<Lead>): Promise<void> {
  const { queryKey } = leadQuery(seen.id);
  const cached = client.getQueryData(queryKey);
  const base = cached && cached.version >= seen.version ? cached : isWhole(seen) ? seen : cached;
  await client.cancelQueries({ queryKey });
  if (base) client.setQueryData(queryKey, { ...base, ...shown });
}

async function send(client: QueryClient, change: LeadChange): Promise<UpdateOutcome> {
  const { seen, patch, shown } = change;
  try {
    const lead = await patchLead(seen.id, patch, seen.version);
    storeLead(client, lead);
    return { kind: 'saved', lead };
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 412) return sendOnTopOfTheirs(client, change);
    await showLead(client, seen, valuesBefore(seen, shown));
    return { kind: 'refused', problem };
  }
}

async function sendOnTopOfTheirs(client: QueryClient, change: LeadChange): Promise<UpdateOutcome> {
  try {
    const theirs = await client.fetchQuery({ ...leadQuery(change.seen.id), staleTime: 0 });
    const fields = conflictsOf(change, theirs);
    if (fields.length > 0 && (await askWhichToKeep({ lead: theirs, fields })) === 'theirs')
      return { kind: 'theirs', lead: theirs };
    return await send(client, { ...change, seen: theirs });
  } catch (error) {
    return { kind: 'refused', problem: asProblem(error) };
  }
}

/** Bases a change on the user's own previous one, so that this is not mistaken for somebody else's. */
function onTopOf(change: LeadChange, own: Lead): LeadChange {
  const isNewer = own.version > change.seen.version;
  return isNewer && conflictsOf(change, own).length === 0
    ? { ...change, seen: { ...change.seen, version: own.version } }
    : change;
}

function isWhole(seen: SeenLead): seen is Lead {
  return 'created_at' in seen && 'custom' in seen;
}

function patchLead(id: string, patch: LeadPatch, version: number): Promise<Lead> {
  const params = { path: { id } };
  return body(api.PATCH('/v1/leads/{id}', { params, body: patch, headers: { 'if-match': `"${version}"` } }));
}

/** Changes one lead from a form or menu, and tells whether the change is being saved or has been saved. */
export function useUpdateLead(lead: Lead) {
  const client = useQueryClient();
  const [pending, setPending] = useState(0);
  const [isSaved, setSaved] = useState(false);
  return {
    /** `seen`: the lead as it was when the user began to edit; the current one by default. */
    change: async (change: FieldChange, seen: Lead = lead): Promise<UpdateOutcome> => {
      setPending((count) => count + 1);
      const outcome = await updateLead(client, { ...change, seen });
      setPending((count) => count - 1);
      setSaved(outcome.kind === 'saved');
      return outcome;
    },
    isSaving: pending > 0,
    isSaved,
  };
}
