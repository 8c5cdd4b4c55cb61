import { api, body, type Shape } from '../../api/client.ts';
import type { BoardFilters } from '../search.ts';

/** A board as the API shows it. */
export type Board = Shape<'BoardView'>;
/** One of its columns. */
export type Column = Board['columns'][number];
/** One of its cards. */
export type Card = Shape<'BoardCard'>;
/** Which board, and how it is narrowed. */
export type BoardQuery = BoardFilters & { by: Board['by'] };

/** How many pages of each column somebody asked for, by the column's id. */
export type Pages = ReadonlyMap<string, number>;

/** Reads a board, each column as far as it was read before. */
export async function readBoard(query: BoardQuery, pages: Pages): Promise<Board> {
  const board = await body(api.GET('/v1/board', { params: { query } }));
  const columns = await Promise.all(
    board.columns.map(async (column) => {
      let whole = column;
      for (let page = 1; page < (pages.get(column.id) ?? 1) && whole.next_cursor; page += 1)
        whole = await readMore(query, whole);
      return whole;
    }),
  );
  return { ...board, columns };
}

/** A column with its next cards. */
export async function readMore(query: BoardQuery, column: Column): Promise<Column> {
  const { cards, next_cursor } = await body(
    api.GET('/v1/board/{column}/cards', {
      params: { path: { column: column.id }, query: { ...query, cursor: column.next_cursor ?? '' } },
    }),
  );
  const known = new Set(column.cards.map(({ id }) => id));
  return { ...column, cards: [...column.cards, ...cards.filter(({ id }) => !known.has(id))], next_cursor };
}

/** A card on its way to another column. */
export interface Move {
  card: Card;
  from: string;
  to: string;
  /** Where in the new column it was put down. */
  at: number;
}

/** The board after a move, with what the columns count. */
export function moved(board: Board, { card, from, to, at }: Move): Board {
  const amount = card.amount ?? 0;
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.id === from)
        return {
          ...column,
          count: column.count - 1,
          sum: column.sum - amount,
          cards: column.cards.filter(({ id }) => id !== card.id),
        };
      if (column.id !== to) return column;
      const cards = column.cards.filter(({ id }) => id !== card.id);
      return { ...column, count: column.count + 1, sum: column.sum + amount, cards: cards.toSpliced(at, 0, card) };
    }),
  };
}

/** Moves a deal to another stage. */
export async function sendDealMove({ card, to }: Move): Promise<void> {
  await api.PATCH('/v1/deals/{id}', { params: { path: { id: card.id } }, body: { stage: to } });
}
