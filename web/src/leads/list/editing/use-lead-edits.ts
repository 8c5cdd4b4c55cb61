import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../../api/client.ts';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { useMe } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type Lead, type LeadPatch, leadQuery } from '../../api/get-lead.ts';
import type { Named, Status } from '../../api/get-reference-data.ts';
import { type FieldChange, valuesBefore } from '../../api/lead-change.ts';
import { showLead, updateLead } from '../../api/update-lead.ts';
import type { Preset } from '../../lead/when.ts';
import { nameOf } from '../../lead-name.ts';

/** The changes that can be made to a lead from its row. */
export interface LeadEdits {
  /** Sets the status, with the answers to its questions; returns the problem if the server refused. */
  setStatus(lead: Lead, status: Status, answers: LeadPatch): Promise<Problem | undefined>;
  setOwner(lead: Lead, owner: Named | null): Promise<void>;
  plan(lead: Lead, what: 'Call' | 'Task', when: Preset): Promise<void>;
}

/** Changes a lead from its row and offers to undo each change. */
export function useLeadEdits(): LeadEdits {
  const client = useQueryClient();
  const me = useMe().member.id;
  const save = async (seen: Lead, change: FieldChange, undone: LeadPatch, done: string) => {
    const outcome = await updateLead(client, { ...change, seen });
    if (outcome.kind === 'saved')
      toast.undo(done, () => void undo(outcome.lead, { patch: undone, shown: valuesBefore(seen, change.shown) }));
    return outcome.kind === 'refused' ? outcome.problem : undefined;
  };
  const undo = async (seen: Lead, change: FieldChange) => {
    const outcome = await updateLead(client, { ...change, seen });
    if (outcome.kind === 'refused') complain(seen, outcome.problem);
  };

  return {
    setStatus: (lead, status, answers) =>
      save(
        lead,
        {
          patch: { ...answers, status: status.id },
          shown: { status: status.name, status_id: status.id, lifecycle_state: status.state },
        },
        { status: lead.status_id, ...(lead.lost_reason_id && { lost_reason: lead.lost_reason_id }) },
        `Status set to ${status.name}`,
      ),
    async setOwner(lead, owner) {
      const problem = await save(
        lead,
        {
          patch: { owner: owner?.id ?? null },
          shown: { owner: owner?.name ?? null, owner_id: owner?.id ?? null },
        },
        { owner: lead.owner_id },
        owner ? `Assigned to ${owner.name}` : 'Unassigned',
      );
      if (problem) complain(lead, problem);
    },
    async plan(lead, what, { label, at }) {
      const due_at = at.toISOString();
      const category = what === 'Call' ? ('call' as const) : ('normal' as const);
      const next_step_kind = what === 'Call' ? 'call' : 'task';
      const shown = { next_step_at: due_at, next_step_kind, next_step: what };
      const task = { name: what, category, due_at, assignee: me };
      const params = { path: { id: lead.id } };
      const made = await around(client, lead, shown, () =>
        body(api.POST('/v1/leads/{id}/tasks', { params, body: task })),
      );
      if (!made) return;
      toast.undo(`${what} planned: ${label}`, () => {
        const taskParams = { path: { id: made.id } };
        const before = valuesBefore(lead, shown);
        void around(client, { ...lead, ...shown }, before, () => api.DELETE('/v1/tasks/{id}', { params: taskParams }));
      });
    },
  };
}

/** Shows the expected values, sends the request and refetches the lead; undefined if that failed. */
async function around<T>(
  client: QueryClient,
  lead: Lead,
  shown: Partial<Lead>,
  send: () => Promise<T>,
): Promise<T | undefined> {
  await showLead(client, lead, shown);
  try {
    const done = await send();
    await client.fetchQuery({ ...leadQuery(lead.id), staleTime: 0 });
    return done;
  } catch (error) {
    await showLead(client, lead, valuesBefore(lead, shown));
    complain(lead, asProblem(error));
    return undefined;
  }
}

function complain(lead: Lead, problem: Problem): void {
  toast.error(problem, `Could not change ${nameOf(lead)}.`);
}
