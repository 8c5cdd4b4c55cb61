import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLive } from '../api/live.ts';
import { useDelayed } from '../app/use-delayed.ts';
import { type Board, type BoardQuery, readBoard, readMore } from './api/get-board.ts';

/** Live updates are collected for this long before the board is refetched. */
const GATHER_MS = 1500;

/** The board, kept up to date with changes made elsewhere. */
export function useBoard(query: BoardQuery) {
  const client = useQueryClient();
  const pages = useRef(new Map<string, number>());
  // The columns must not move while a card is being dragged.
  const held = useRef(false);
  const queryKey = ['board', query] as const;
  const board = useQuery({
    queryKey,
    queryFn: () => readBoard(query, pages.current),
    placeholderData: keepPreviousData,
  });
  const readAnew: () => void = useDelayed(() => {
    if (held.current) readAnew();
    else void client.invalidateQueries({ queryKey: ['board'] });
  }, GATHER_MS);
  useLive(['leads', 'deals', 'tasks', 'calls', 'settings'], readAnew);

  const show = (change: (board: Board) => Board) => {
    void client.cancelQueries({ queryKey: ['board'] });
    client.setQueryData<Board>(queryKey, (shown) => shown && change(shown));
  };
  const more = async (columnId: string) => {
    const column = board.data?.columns.find(({ id }) => id === columnId);
    if (!column) return;
    const longer = await readMore(query, column);
    pages.current.set(columnId, (pages.current.get(columnId) ?? 1) + 1);
    show((shown) => ({ ...shown, columns: shown.columns.map((one) => (one.id === columnId ? longer : one)) }));
  };
  const hold = (isHeld: boolean) => {
    held.current = isHeld;
  };
  return { board, show, more, hold, readAnew };
}
