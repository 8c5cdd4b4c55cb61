import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';
import { type LeadPatch, type Question, questionAfter, updateLead, useFirstQuestion } from '../leads/public.ts';
import { toast } from '../ui/feedback/toast.tsx';
import { type Column, type Move, moved, sendDealMove } from './api/get-board.ts';
import { focusCard } from './focus-card.ts';
import type { useBoard } from './use-board.ts';

/** A dropped card with a question to be answered first. */
export interface Asking {
  move: Move;
  first: Question;
  /** The column that the card moves to. */
  target?: Column | undefined;
}

interface Sent {
  isSaved: boolean;
  problem?: Problem | undefined;
}

/** Moves cards on the screen at once, then on the server. A refused card moves back, and the reason is shown. */
export function useMoves({ board, show, hold, readAnew }: ReturnType<typeof useBoard>) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking>();
  const firstQuestion = useFirstQuestion();
  const isOfLeads = board.data?.by === 'status';
  const columnOf = (id: string): Column | undefined => board.data?.columns.find((column) => column.id === id);
  const put = (move: Move) => show((shown) => moved(shown, move));
  const takeBack = (move: Move) => {
    const at = columnOf(move.from)?.cards.findIndex(({ id }) => id === move.card.id) ?? 0;
    put({ ...move, from: move.to, to: move.from, at: Math.max(0, at) });
  };
  const sendLeadMove = async ({ card, from, to }: Move, answers: LeadPatch): Promise<Sent> => {
    const statusOf = (id: string) => ({ status_id: id, status: columnOf(id)?.name ?? '' });
    const outcome = await updateLead(client, {
      seen: { id: card.id, version: card.version, ...statusOf(from) },
      patch: { ...answers, status: to },
      shown: statusOf(to),
    });
    if (outcome.kind === 'theirs') put({ card, from: to, to: outcome.lead.status_id, at: 0 });
    return { isSaved: outcome.kind === 'saved', problem: outcome.kind === 'refused' ? outcome.problem : undefined };
  };
  const send = async (move: Move, answers: LeadPatch = {}): Promise<Sent> => {
    const sent = isOfLeads
      ? await sendLeadMove(move, answers)
      : await sendDealMove(move).then(
          () => ({ isSaved: true }),
          (error: unknown) => ({ isSaved: false, problem: asProblem(error) }),
        );
    readAnew();
    return sent;
  };
  const giveBack = (move: Move, problem: Problem, what: string) => {
    takeBack(move);
    toast.error(problem, what);
  };
  const offerUndo = ({ card, from, to }: Move) =>
    toast.undo(`${card.name} moved to ${columnOf(to)?.name ?? 'its new place'}`, () => {
      const undone = { card, from: to, to: from, at: 0 };
      put(undone);
      focusCard(card.id);
      void send(undone).then(({ problem }) => problem && giveBack(undone, problem, 'Could not undo the move.'));
    });
  const questionOf = async ({ card, from, to }: Move) => {
    const column = columnOf(to);
    if (!isOfLeads || !column) return undefined;
    return firstQuestion({ id: card.id, amount: card.amount, state: columnOf(from)?.state }, column);
  };

  const move = async (asked: Move) => {
    if (asked.from === asked.to) return;
    put(asked);
    // The columns must not move while the question is shown.
    hold(true);
    const first = await questionOf(asked);
    if (first) return setAsking({ move: asked, first });
    const { isSaved, problem } = await send(asked);
    const next = isOfLeads ? questionAfter(problem) : undefined;
    if (next) return setAsking({ move: asked, first: next });
    hold(false);
    if (problem) giveBack(asked, problem, `Could not move ${asked.card.name}.`);
    else if (isSaved) offerUndo(asked);
  };
  const answer = async (answers: LeadPatch) => (asking ? (await send(asking.move, answers)).problem : undefined);
  const close = (isMoved: boolean) => {
    if (!asking) return;
    if (!isMoved) takeBack(asking.move);
    hold(false);
    setAsking(undefined);
    focusCard(asking.move.card.id);
  };
  return { move, asking: asking && { ...asking, target: columnOf(asking.move.to) }, answer, close };
}
