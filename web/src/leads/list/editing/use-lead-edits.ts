import { useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../../api/client.ts';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { useMe } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type Lead, type LeadPatch, leadQuery, patchLead } from '../../api/get-lead.ts';
import type { Named, Status } from '../../api/get-reference-data.ts';
import { nameOf } from '../../lead/name-of.ts';
import type { Preset } from '../../lead/when.ts';

/** What can be changed of a lead in its row. */
export interface LeadEdits {
  /** With what was answered; gives what the server said against it. */
  setStatus(lead: Lead, status: Status, answers: LeadPatch): Promise<Problem | undefined>;
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
  const tryOut = async (
    lead: Lead,
    look: Partial<Lead>,
    send: () => Promise<unknown>,
  ): Promise<Problem | undefined> => {
    show(new Map([[lead.id, { ...lead, ...look }]]));
    const problem = await send().then(() => undefined, asProblem);
    if (problem) show(new Map([[lead.id, lead]]));
    return problem;
  };
  const attempt = async (lead: Lead, look: Partial<Lead>, send: () => Promise<unknown>): Promise<boolean> => {
    const problem = await tryOut(lead, look, send);
    if (problem) toast.error(problem, `${nameOf(lead)} was not changed.`);
    return !problem;
  };
  const change = async (lead: Lead, look: Partial<Lead>, patch: LeadPatch, back: LeadPatch, said: string) => {
    const send = async (values: LeadPatch) => keep(await patchLead(lead.id, values));
    if (!(await attempt(lead, look, () => send(patch)))) return false;
    toast.undo(said, () => void attempt({ ...lead, ...look }, pick(lead, look), () => send(back)));
    return true;
  };

  return {
    async setStatus(lead, status, answers) {
      const look = { status: status.name, status_id: status.id, lifecycle_state: status.state };
      const back = { status: lead.status_id, ...(lead.lost_reason_id && { lost_reason: lead.lost_reason_id }) };
      const send = async (values: LeadPatch) => keep(await patchLead(lead.id, values));
      const problem = await tryOut(lead, look, () => send({ ...answers, status: status.id }));
      if (!problem)
        toast.undo(
          `Status set to ${status.name}`,
          () => void attempt({ ...lead, ...look }, pick(lead, look), () => send(back)),
        );
      return problem;
    },
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
