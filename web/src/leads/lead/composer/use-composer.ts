import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { useMe } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { typedSince } from '../../../ui/form/typed-since.ts';
import { type Lead, type LeadPatch, leadQuery, refreshLead } from '../../api/get-lead.ts';
import { updateLead } from '../../api/update-lead.ts';
import { missingFieldsIn } from '../fields/lead-values.ts';
import { tellOutcome } from './after-outcome.ts';
import { useCallEnding } from './call-fields.tsx';
import { type Draft, emptyDraft, storeDraft, storedDraft } from './draft.ts';
import { nextStepBody } from './next-step-fields.tsx';

/** Errors about these fields belong to the call, not to its lead. */
const ofTheCall = new Set(['outcome', 'outcome_id', 'callback_at', 'lost_reason']);

/** The draft for a lead, stored in this browser until the server has it. */
export function useComposer(leadId: string) {
  const [draft, setDraft] = useState(() => storedDraft(leadId) ?? emptyDraft);
  const [asks, setAsks] = useState<Problem>();
  const client = useQueryClient();
  const ending = useCallEnding(draft);
  const { member, workspace } = useMe();
  const me = member.id;
  const saving = useMutation({
    mutationFn: async (values: LeadPatch | undefined) => {
      if (values) await fillIn(client, leadId, values);
      await sendDraft(leadId, draft, me, ending.needsStep);
    },
    // The lead as shown before the call, to report what the outcome changed.
    onMutate: () => ({ sent: draft, shown: client.getQueryData<Lead>(leadQuery(leadId).queryKey), ending }),
    onSuccess: (_, __, { sent, shown, ending: { chosen, needsStep } }) => {
      setAsks(undefined);
      setDraft((now) => {
        const left = { ...(now.mode === sent.mode ? emptyDraft : now), mode: now.mode };
        const next = { ...left, text: typedSince(now.text, sent.text) };
        storeDraft(leadId, next);
        return next;
      });
      if (shown && sent.mode === 'call' && chosen)
        void tellOutcome(client, shown, { name: chosen.name, nextStep: stepOf(sent, needsStep) }, workspace.time_zone);
      else toast.done({ note: 'Note added', call: 'Call logged', task: 'Task added' }[sent.mode]);
      refreshLead(client);
    },
    onError: (error) => {
      const lacking = draft.mode === 'call' ? missingFieldsIn(asProblem(error)) : undefined;
      if (lacking?.every((name) => !ofTheCall.has(name))) setAsks(asProblem(error));
    },
  });
  const isReady = draft.mode === 'call' ? ending.isSaid : draft.text.trim() !== '';
  const problem = saving.error ? asProblem(saving.error) : undefined;
  return {
    draft,
    ending,
    isReady,
    isBusy: saving.isPending,
    write: (more: Partial<Draft>) => {
      const next = { ...draft, ...more };
      setAsks(undefined);
      setDraft(next);
      storeDraft(leadId, next);
    },
    /** The error of the last save, unless the lead lacks fields. */
    problem: asks ? undefined : problem,
    /** Fields of the lead that the new status requires; they are filled in and saved with the call. */
    asks,
    refusal: problem === asks ? undefined : problem,
    save: () => {
      if (isReady && !saving.isPending) saving.mutate(undefined);
    },
    fillIn: (values: LeadPatch) => saving.mutate(values),
    giveUp: () => {
      setAsks(undefined);
      saving.reset();
    },
  };
}

function stepOf(draft: Draft, asked: boolean) {
  return asked ? nextStepBody(draft.nextStep).next_step : undefined;
}

/** Saves the missing fields of the lead before the call. */
async function fillIn(client: QueryClient, leadId: string, patch: LeadPatch): Promise<void> {
  const seen = await client.ensureQueryData(leadQuery(leadId));
  const outcome = await updateLead(client, { seen, patch, shown: {} });
  if (outcome.kind === 'refused') throw outcome.problem;
}

/** Sends a note, a task or a logged call. */
async function sendDraft(id: string, draft: Draft, me: string, withStep: boolean): Promise<void> {
  const params = { path: { id } };
  const text = draft.text.trim();
  if (draft.mode === 'note') await api.POST('/v1/leads/{id}/notes', { params, body: { text } });
  else if (draft.mode === 'task') {
    const due_at = draft.due ? new Date(draft.due).toISOString() : null;
    await api.POST('/v1/leads/{id}/tasks', { params, body: { name: text, due_at, assignee: me } });
  } else {
    const minutes = Number(draft.minutes.replace(',', '.'));
    const talk_seconds = draft.minutes.trim() !== '' && minutes >= 0 ? Math.round(minutes * 60) : null;
    const more = {
      ...(draft.callback && { callback_at: new Date(draft.callback).toISOString() }),
      ...(draft.lostReason && { lost_reason: draft.lostReason }),
      ...(withStep && nextStepBody(draft.nextStep)),
    };
    await api.POST('/v1/leads/{id}/call-log', {
      params,
      body: { outcome_id: draft.outcome, note: text, talk_seconds, ...more },
    });
  }
}
