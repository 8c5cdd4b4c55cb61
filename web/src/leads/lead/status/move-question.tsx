import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { type LeadPatch, leadDealsQuery } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import { mergePatches, missingFieldsIn } from '../fields/lead-values.ts';
import { AskAmount } from './ask-amount.tsx';
import { LostReason } from './lost-reason.tsx';
import { MissingFields } from './missing-fields.tsx';

/**
 * What must be answered before a lead moves to a status: the lost reason, the amount, or the missing fields
 * that the server asked for.
 */
export type Question = 'reason' | 'amount' | Problem;

/** The parts of a lead that the questions depend on. */
interface Mover {
  id: string;
  amount: number | null | undefined;
  state: string | undefined;
}

/**
 * Returns a function that finds the first question of a move. For a won lead that is the amount, unless the lead or one
 * of its deals already has one.
 */
export function useFirstQuestion(): (lead: Mover, status: { state: string }) => Promise<Question | undefined> {
  const client = useQueryClient();
  return async ({ id, amount, state }, status) => {
    if (status.state === state) return undefined;
    if (status.state === 'lost') return 'reason';
    if (status.state !== 'won' || typeof amount === 'number') return undefined;
    const deals = await client.fetchQuery(leadDealsQuery(id)).catch(() => []);
    return deals.some((deal) => deal.amount !== null) ? undefined : 'amount';
  };
}

/** The question that follows a refusal; undefined if filling in fields would not help. */
export function questionAfter(problem: Problem | undefined): Question | undefined {
  return missingFieldsIn(problem) ? problem : undefined;
}

interface Props {
  /** The lead's name: `Anjali Menon`. */
  name: string;
  status: Pick<Status, 'name'>;
  first: Question;
  /** Moves the lead with the answers; returns the problem if the server refused. */
  onMove: (answers: LeadPatch) => Promise<Problem | undefined>;
  onClose: (moved: boolean) => void;
}

/** Asks one question after another until the server accepts the move; Escape cancels. */
export function MoveQuestion({ name, status, first, onMove, onClose }: Props) {
  const [question, setQuestion] = useState(first);
  const [answers, setAnswers] = useState<LeadPatch>({});
  const [error, setError] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const answer = async (more: LeadPatch) => {
    const all = mergePatches(answers, more);
    setBusy(true);
    const problem = await onMove(all).catch(asProblem);
    setBusy(false);
    if (!problem) return onClose(true);
    const next = questionAfter(problem);
    setError(problem);
    if (!next) return;
    setAnswers(all);
    setQuestion(next);
  };
  const shared = { name, status: status.name, busy, error: error?.message, onCancel: () => onClose(false) };
  if (question === 'reason')
    return <LostReason {...shared} onConfirm={(reason) => void answer({ lost_reason: reason })} />;
  if (question === 'amount')
    return (
      <AskAmount
        {...shared}
        onConfirm={(amount) => void answer(amount === undefined ? {} : { target_amount: amount as number })}
      />
    );
  return (
    <MissingFields
      key={question.message}
      legend={`Required for ${status.name}`}
      asks={question}
      refusal={error === question ? undefined : error}
      action={`Set to ${status.name}`}
      busy={busy}
      onConfirm={(values) => void answer(values)}
      onCancel={shared.onCancel}
    />
  );
}
