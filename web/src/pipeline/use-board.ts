import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../api/live.ts';
import { asProblem } from '../api/problem.ts';
import { toast } from '../ui/toast.tsx';
import { type Board, type BoardQuery, type Move, moved, readBoard, readMore, sendMove } from './board-query.ts';

/** News are gathered for so long before the board is read anew. */
const GATHER_MS = 1500;

/** The board with what can be done on it. A move is shown at once; one that is refused flies back. */
export function useBoard(query: BoardQuery) {
  const client = useQueryClient();
  const pages = useRef(new Map<string, number>());
  // While a card is in somebody's hand the columns hold still.
  const held = useRef(false);
  const [losing, setLosing] = useState<Move>();
  const [refusal, setRefusal] = useState<string>();
  const queryKey = ['board', query] as const;
  const board = useQuery({
    queryKey,
    queryFn: () => readBoard(query, pages.current),
    placeholderData: keepPreviousData,
  });
  const readAnew = useLater(() => {
    if (held.current || losing) return readAnew();
    void client.invalidateQueries({ queryKey: ['board'] });
  });
  useLive(['leads', 'deals', 'tasks', 'calls', 'settings'], readAnew);

  const show = (change: (board: Board) => Board) =>
    client.setQueryData<Board>(queryKey, (shown) => shown && change(shown));
  const back = ({ card, from, to }: Move) => {
    const at = board.data?.columns.find(({ id }) => id === from)?.cards.findIndex(({ id }) => id === card.id) ?? 0;
    show((shown) => moved(shown, { card, from: to, to: from, at: Math.max(0, at) }));
  };
  const send = async (move: Move, reason?: string) => {
    try {
      await sendMove(move, board.data?.by ?? 'status', reason);
      readAnew();
      return undefined;
    } catch (error) {
      return asProblem(error);
    }
  };
  const move = async (asked: Move) => {
    if (asked.from === asked.to) return;
    await client.cancelQueries({ queryKey: ['board'] });
    show((shown) => moved(shown, asked));
    const target = board.data?.columns.find(({ id }) => id === asked.to);
    const source = board.data?.columns.find(({ id }) => id === asked.from);
    if (board.data?.by === 'status' && target?.state === 'lost' && source?.state !== 'lost') {
      setRefusal(undefined);
      setLosing(asked);
      return;
    }
    const problem = await send(asked);
    if (problem) {
      back(asked);
      toast.error(problem, `${asked.card.name} stays in ${source?.name ?? 'its column'}.`);
      return;
    }
    toast.undo(`${asked.card.name} moved to ${target?.name ?? ''}`, () => {
      const undone = { card: asked.card, from: asked.to, to: asked.from, at: 0 };
      show((shown) => moved(shown, undone));
      void send(undone).then((refused) => {
        if (!refused) return;
        back(undone);
        toast.error(refused, 'Could not be taken back.');
      });
    });
  };
  return {
    board,
    move,
    losing,
    refusal,
    lose: async (reason: string) => {
      if (!losing) return;
      const problem = await send(losing, reason);
      setRefusal(problem?.message);
      if (!problem) setLosing(undefined);
    },
    keep: () => {
      if (losing) back(losing);
      setLosing(undefined);
    },
    more: async (columnId: string) => {
      const column = board.data?.columns.find(({ id }) => id === columnId);
      if (!column) return;
      const longer = await readMore(query, column);
      pages.current.set(columnId, (pages.current.get(columnId) ?? 1) + 1);
      show((shown) => ({ ...shown, columns: shown.columns.map((one) => (one.id === columnId ? longer : one)) }));
    },
    hold: (isHeld: boolean) => {
      held.current = isHeld;
    },
  };
}

/** Runs something a little later, once for however often it was asked for meanwhile. */
function useLater(run: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, GATHER_MS);
  };
}
