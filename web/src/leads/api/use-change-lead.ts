import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, type Problem } from '../../api/problem.ts';
import { keepLead, type Lead, type LeadPatch, leadQuery, patchLead } from './get-lead.ts';

/** One field in the words of a change, and what it is shown as until the server answers. */
export interface FieldChange {
  patch: LeadPatch;
  shown: Partial<Lead>;
}

/** Somebody else wrote the same field meanwhile. */
export interface Conflict {
  change: FieldChange;
  theirs: Lead;
}

/**
 * Changes a lead at once on the screen and then on the server. A change that was refused is taken back. When somebody
 * else changed the lead meanwhile, it is tried again on what they left, unless both wrote the same field: then the
 * person decides.
 */
export function useChangeLead(lead: Lead) {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const key = leadQuery(lead.id).queryKey;
  const current = () => client.getQueryData(key) ?? lead;
  const { mutateAsync, isPending, isSuccess } = useMutation({
    mutationFn: ({ change, seen }: { change: FieldChange; seen: Lead }) =>
      patchLead(lead.id, change.patch, seen.version),
    onMutate: async ({ change }) => {
      await client.cancelQueries({ queryKey: key });
      const before = current();
      client.setQueryData(key, { ...before, ...change.shown });
      return before;
    },
    onError: (_error, _sent, before) => client.setQueryData(key, before),
    onSuccess: (changed) => keepLead(client, changed),
  });
  const send = async (change: FieldChange, seen: Lead): Promise<Problem | undefined> => {
    try {
      await mutateAsync({ change, seen });
      setConflict(undefined);
      return undefined;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status !== 412) return problem;
      const theirs = await client.fetchQuery({ ...leadQuery(lead.id), staleTime: 0 });
      if (!isSameField(change, seen, theirs)) return send(change, theirs);
      setConflict({ change, theirs });
      return undefined;
    }
  };
  return {
    /** `seen`: the lead as it was when the person began to write; as it is known now if not said. */
    change: (change: FieldChange, seen = current()) => send(change, seen),
    saving: isPending,
    saved: isSuccess,
    conflict,
    keepMine: () => conflict && send(conflict.change, conflict.theirs),
    takeTheirs: () => setConflict(undefined),
  };
}

function isSameField({ shown }: FieldChange, seen: Lead, theirs: Lead): boolean {
  return (Object.keys(shown) as (keyof Lead)[]).some(
    (name) => JSON.stringify(seen[name]) !== JSON.stringify(theirs[name]),
  );
}
