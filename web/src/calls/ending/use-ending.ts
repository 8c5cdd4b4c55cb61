import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useStatuses } from '../../leads/public.ts';
import { type Claimed, type Outcome, outcomesQuery } from '../api/get-calls.ts';
import type { Desk } from '../desk/use-desk.ts';
import type { Note } from './use-note.ts';
import { useSave } from './use-save.ts';

interface Props {
  desk: Desk;
  claimed: Claimed;
  note: Note;
  talk: { from: number | undefined; until: number | undefined };
}

const none: Outcome[] = [];

/** What came of the call, as far as it is said, and whether that is enough to save it. */
export function useEnding({ desk, note, talk }: Props) {
  const outcomes = useQuery(outcomesQuery).data ?? none;
  const statuses = useStatuses();
  const [chosen, choose] = useState<Outcome>();
  const [callbackAt, setCallbackAt] = useState<number>();
  const [lostReason, setLostReason] = useState<string | null>(null);
  const saving = useSave(desk, note.forget);
  const needsTime = chosen?.meaning === 'callback';
  const needsReason = statuses.find(({ id }) => id === chosen?.status_id)?.state === 'lost';
  const missing = !chosen
    ? 'Choose an outcome first'
    : needsTime && callbackAt === undefined
      ? 'Choose when to call back'
      : needsReason && !lostReason
        ? 'Choose why the lead is lost'
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
    missing: talk.from === undefined ? 'Make the call first' : missing,
    saving,
    save,
  };
}

export type Ending = ReturnType<typeof useEnding>;
