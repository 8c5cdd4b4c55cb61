import type { QueryClient } from '@tanstack/react-query';
import { api, body } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type Lead, refreshLead } from '../../api/get-lead.ts';
import { dueWords } from '../when.ts';

/**
 * Says what the outcome of a call changed on its lead, and offers to undo all of it. `before` is the lead as shown
 * before the call. Times are local; `timeZone`, the workspace's, decides what is due all day.
 */
export async function tellOutcome(
  client: QueryClient,
  before: Pick<Lead, 'id' | 'status'>,
  outcome: { name: string; nextStep?: { name: string; due_at: string } | undefined },
  timeZone: string,
): Promise<void> {
  const params = { path: { id: before.id } };
  const after = await body(api.GET('/v1/leads/{id}', { params })).catch(() => undefined);
  const step = outcome.nextStep;
  const said = [
    after && after.status !== before.status && `status ${after.status}`,
    step ? `next: ${step.name}, ${dueWords(step.due_at, timeZone)}` : nextOf(after, timeZone),
    after?.do_not_call && 'do not call',
  ].filter(Boolean);
  toast.undo([outcome.name, said.join(' · ')].filter(Boolean).join(': '), () => {
    void body(api.POST('/v1/leads/{id}/calls/undo', { params })).then(
      () => {
        toast.done(`Undone: ${outcome.name}`);
        refreshLead(client);
        void client.invalidateQueries({ queryKey: ['calls'] });
      },
      (error) => toast.error(asProblem(error), 'Could not undo.'),
    );
  });
}

function nextOf(lead: Lead | undefined, timeZone: string): string | undefined {
  if (!lead?.next_step_at || (lead.next_step_kind !== 'call' && lead.next_step_kind !== 'callback')) return undefined;
  return `${lead.next_step_kind} ${dueWords(lead.next_step_at, timeZone)}`;
}
