import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { type LeadPatch, leadDealsQuery } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import { lackingIn, together } from '../fields/lead-values.ts';
import { AskAmount } from './ask-amount.tsx';
import { LostReason } from './lost-reason.tsx';
import { FillIn } from './missing-fields.tsx';

/** What is asked before a lead goes to a status: why it is lost, what it amounts to, or what the server said it lacks. */
export type Question = 'reason' | 'amount' | Problem;

/** A lead that is to go to another status, as far as it matters for what is asked. */
interface Mover {
  id: string;
  amount: number | null | undefined;
  state: string | undefined;
}

/** Tells what must be asked first; of a lead that is won, its amount, unless it or one of its deals has one. */
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

/** The question that a refused move leads to; undefined when nothing that is filled in would help. */
export function questionAfter(problem: Problem | undefined): Question | undefined {
  return lackingIn(problem) ? problem : undefined;
}

interface Props {
  /** Who moves: `Anjali Menon`. */
  name: string;
  status: Pick<Status, 'name'>;
  first: Question;
  /** Moves the lead with all that was answered; what it gives is what the server said against it. */
  onMove: (answers: LeadPatch) => Promise<Problem | undefined>;
  onClose: (moved: boolean) => void;
}

/** Asks one question after the other until the server takes the move; Escape gives it up. */
export function MoveQuestion({ name, status, first, onMove, onClose }: Props) {
  const [question, setQuestion] = useState(first);
  const [answers, setAnswers] = useState<LeadPatch>({});
  const [error, setError] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const answer = async (more: LeadPatch) => {
    const all = together(answers, more);
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
    <FillIn
      key={question.message}
      legend={`${status.name}: fill these in`}
      asks={question}
      refusal={error === question ? undefined : error}
      action={`Set to ${status.name}`}
      busy={busy}
      onConfirm={(values) => void answer(values)}
      onCancel={shared.onCancel}
    />
  );
}
