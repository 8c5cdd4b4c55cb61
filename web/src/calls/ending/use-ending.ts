import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, type Shape } from '../../api/client.ts';
import type { Problem } from '../../api/problem.ts';
import { useMe } from '../../app/session.ts';
import {
  emptyNextStep,
  isAnswered,
  type NextStepDraft,
  nextStepBody,
  tellOutcome,
  useStatuses,
} from '../../leads/public.ts';
import { type Claimed, type Outcome, outcomesQuery } from '../api/get-calls.ts';
import type { Desk } from '../desk/use-desk.ts';
import type { Note } from './use-note.ts';

interface Props {
  desk: Desk;
  claimed: Claimed;
  note: Note;
  talk: { from: number | undefined; until: number | undefined };
}

const none: Outcome[] = [];

/** The chosen outcome with its details, and whether they are complete. */
export function useEnding({ desk, claimed, note, talk }: Props) {
  const client = useQueryClient();
  const { time_zone } = useMe().workspace;
  const outcomes = useQuery(outcomesQuery).data ?? none;
  const statuses = useStatuses();
  const [chosen, choose] = useState<Outcome>();
  const [callbackAt, setCallbackAt] = useState<number>();
  const [lostReason, setLostReason] = useState<string | null>(null);
  const [nextStep, setNextStep] = useState<NextStepDraft>(emptyNextStep);
  const saving = useSave(desk, (said) => {
    note.forget();
    const name = outcomes.find(({ id }) => id === said.outcome_id)?.name;
    if (name) void tellOutcome(client, claimed.lead, { name, nextStep: said.next_step }, time_zone);
  });
  const needsTime = chosen?.meaning === 'callback';
  const isLost = statuses.find(({ id }) => id === chosen?.status_id)?.state === 'lost';
  const needsReason = isLost && !chosen?.lost_reason_id;
  const needsStep = chosen?.asks_next_step === true;
  const missing = !chosen
    ? 'Choose an outcome first'
    : needsTime && callbackAt === undefined
      ? 'Choose when to call back'
      : needsReason && !lostReason
        ? 'Choose why the lead was lost'
        : needsStep && !isAnswered(nextStep)
          ? 'Choose when the next step is due, or “No next step”'
          : undefined;
  const save = (pause = false) => {
    if (missing || !chosen || talk.from === undefined) return;
    const seconds = Math.max(0, Math.round(((talk.until ?? Date.now()) - talk.from) / 1000));
    void saving.save({
      outcome_id: chosen.id,
      talk_seconds: seconds,
      ...(note.text.trim() !== '' && { note: note.text }),
      ...(needsTime && callbackAt !== undefined && { callback_at: new Date(callbackAt).toISOString() }),
      ...(needsReason && { lost_reason: lostReason }),
      ...(needsStep && nextStepBody(nextStep)),
      ...(pause && { pause }),
    });
  };
  const pick = (outcome: Outcome) => {
    saving.clear();
    choose(outcome);
  };
  return {
    outcomes,
    chosen,
    choose: pick,
    chooseByName: (name: string) => {
      const found = outcomes.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (found && talk.from !== undefined) pick(found);
      return found !== undefined;
    },
    needsTime,
    callbackAt,
    setCallbackAt,
    needsReason,
    lostReason,
    setLostReason,
    needsStep,
    nextStep,
    setNextStep,
    missing: talk.from === undefined ? 'Make the call first' : missing,
    saving,
    save,
  };
}

export type Ending = ReturnType<typeof useEnding>;

const AGAIN = 5_000;

type Body = Omit<Shape<'CallOutcome'>, 'claim_id'> & { pause?: boolean };

/** Saves an outcome and retries until the server can be reached, so that nothing typed is lost. */
function useSave(desk: Desk, onSaved: (said: Body) => void) {
  const [problem, setProblem] = useState<Problem>();
  const [retrying, setRetrying] = useState<Body>();
  const save = async (told: Body) => {
    const { pause, ...said } = told;
    const failed = await desk.finish(async ({ call, claim_id }) => {
      await api.POST('/v1/calls/{id}/outcome', { params: { path: { id: call.id } }, body: { claim_id, ...said } });
      if (pause) await api.PUT('/v1/agents/me', { body: { state: 'paused' } });
    });
    const comesAgain = failed !== undefined && (failed.status === 0 || failed.status >= 500);
    setRetrying(comesAgain ? told : undefined);
    setProblem(failed && !comesAgain && failed.type !== '/problems/claim_lost' ? failed : undefined);
    if (!failed) onSaved(told);
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    if (!retrying) return;
    const again = () => void latest.current(retrying);
    const timer = setInterval(again, AGAIN);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [retrying]);
  return { save, problem, retrying: retrying !== undefined, clear: () => setProblem(undefined) };
}
