import { useState } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';
import { toast } from '../ui/toast.tsx';
import { type Column, type Move, moved, sendMove } from './board-query.ts';
import { focusCard } from './focus-card.ts';
import type { useBoard } from './use-board.ts';

/** Moves cards: at once on the screen, then on the server. A move that is refused flies back, with the reason. */
export function useMoves({ board, show, hold, readAnew }: ReturnType<typeof useBoard>) {
  const [losing, setLosing] = useState<Move>();
  const [refusal, setRefusal] = useState<string>();
  const columnOf = (id: string): Column | undefined => board.data?.columns.find((column) => column.id === id);
  const put = (move: Move) => show((shown) => moved(shown, move));
  const takeBack = (move: Move) => {
    const at = columnOf(move.from)?.cards.findIndex(({ id }) => id === move.card.id) ?? 0;
    put({ ...move, from: move.to, to: move.from, at: Math.max(0, at) });
  };
  const send = async (move: Move, reason?: string): Promise<Problem | undefined> => {
    const problem = await sendMove(move, board.data?.by ?? 'status', reason).then(() => undefined, asProblem);
    readAnew();
    return problem;
  };
  const sendOrReturn = async (move: Move, what: string) => {
    const problem = await send(move);
    if (!problem) return true;
    takeBack(move);
    toast.error(problem, what);
    return false;
  };
  const offerUndo = ({ card, from, to }: Move) =>
    toast.undo(`${card.name} moved to ${columnOf(to)?.name ?? 'its new place'}`, () => {
      const undone = { card, from: to, to: from, at: 0 };
      put(undone);
      void sendOrReturn(undone, 'Could not be taken back.');
    });
  const owesReason = ({ from, to }: Move) =>
    board.data?.by === 'status' && columnOf(to)?.state === 'lost' && columnOf(from)?.state !== 'lost';
  const letGo = () => {
    hold(false);
    setLosing(undefined);
  };

  const move = async (asked: Move) => {
    if (asked.from === asked.to) return;
    put(asked);
    if (owesReason(asked)) {
      hold(true);
      setRefusal(undefined);
      setLosing(asked);
    } else if (await sendOrReturn(asked, `${asked.card.name} stays in ${columnOf(asked.from)?.name ?? 'its column'}.`))
      offerUndo(asked);
  };
  const lose = async (reason: string) => {
    if (!losing) return;
    const problem = await send(losing, reason);
    setRefusal(problem?.message);
    if (problem) return;
    letGo();
    focusCard(losing.card.id);
  };
  const keep = () => {
    if (!losing) return;
    takeBack(losing);
    letGo();
    focusCard(losing.card.id);
  };
  return { move, losing, refusal, lose, keep };
}
