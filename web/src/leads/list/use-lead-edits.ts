import { useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useMe } from '../../app/session.ts';
import { toast } from '../../ui/toast.tsx';
import type { Named, Status } from '../book.ts';
import { type Lead, type LeadPatch, leadQuery, patchLead } from '../lead/lead-queries.ts';
import { nameOf } from '../lead/name-of.ts';
import type { Preset } from '../lead/when.ts';

/** What can be changed of a lead in its row. */
export interface LeadEdits {
  setStatus(lead: Lead, status: Status, lostReasonId?: string): Promise<boolean>;
  setOwner(lead: Lead, owner: Named | null): Promise<boolean>;
  plan(lead: Lead, what: 'Call' | 'Task', when: Preset): Promise<boolean>;
}

/**
 * Changes a lead in its row at once, tells the server, and offers to take it back. When the server refuses, the row is
 * as it was before and the reason is told.
 */
export function useLeadEdits(show: (changed: ReadonlyMap<string, Lead>) => void): LeadEdits {
  const client = useQueryClient();
  const me = useMe().member.id;
  const keep = (lead: Lead) => {
    client.setQueryData(leadQuery(lead.id).queryKey, lead);
    show(new Map([[lead.id, lead]]));
  };
  const attempt = async (lead: Lead, look: Partial<Lead>, send: () => Promise<unknown>): Promise<boolean> => {
    show(new Map([[lead.id, { ...lead, ...look }]]));
    try {
      await send();
      return true;
    } catch (error) {
      show(new Map([[lead.id, lead]]));
      toast.error(asProblem(error), `${nameOf(lead)} was not changed.`);
      return false;
    }
  };
  const change = async (lead: Lead, look: Partial<Lead>, patch: LeadPatch, back: LeadPatch, said: string) => {
    const send = async (values: LeadPatch) => keep(await patchLead(lead.id, values));
    if (!(await attempt(lead, look, () => send(patch)))) return false;
    toast.undo(said, () => void attempt({ ...lead, ...look }, pick(lead, look), () => send(back)));
    return true;
  };

  return {
    setStatus: (lead, status, lostReasonId) =>
      change(
        lead,
        { status: status.name, status_id: status.id, lifecycle_state: status.state },
        { status: status.id, ...(lostReasonId && { lost_reason: lostReasonId }) },
        { status: lead.status_id, ...(lead.lost_reason_id && { lost_reason: lead.lost_reason_id }) },
        `Status set to ${status.name}`,
      ),
    setOwner: (lead, owner) =>
      change(
        lead,
        { owner: owner?.name ?? null, owner_id: owner?.id ?? null },
        { owner: owner?.id ?? null },
        { owner: lead.owner_id },
        owner ? `Given to ${owner.name}` : 'Given to nobody',
      ),
    async plan(lead, what, { label, at }) {
      const due_at = at.toISOString();
      const params = { path: { id: lead.id } };
      const category = what === 'Call' ? ('call' as const) : ('normal' as const);
      const reread = async () => keep(await body(api.GET('/v1/leads/{id}', { params })));
      let taskId = '';
      const look = { next_step_at: due_at, next_step_kind: what === 'Call' ? 'call' : 'task', next_step: what };
      const planned = await attempt(lead, look, async () => {
        const task = { name: what, category, due_at, assignee: me };
        taskId = (await body(api.POST('/v1/leads/{id}/tasks', { params, body: task }))).id;
        await reread();
      });
      if (planned)
        toast.undo(`${what} planned: ${label}`, () => {
          void attempt({ ...lead, ...look }, pick(lead, look), async () => {
            await api.DELETE('/v1/tasks/{id}', { params: { path: { id: taskId } } });
            await reread();
          });
        });
      return planned;
    },
  };
}

/** The values that a lead had where a look differs. */
function pick(lead: Lead, look: Partial<Lead>): Partial<Lead> {
  return Object.fromEntries(Object.keys(look).map((name) => [name, lead[name as keyof Lead]]));
}
