import { api, body, type Shape } from '../../api/client.ts';
import type { BoardFilters, CardOrder, ClosedWithin } from '../search.ts';

/** A board as the API shows it. */
export type Board = Shape<'BoardView'>;
export type Column = Board['columns'][number];
export type Card = Shape<'BoardCard'>;
/** The kind of board, its filters and its order. */
export type BoardQuery = BoardFilters & { by: Board['by']; sort?: CardOrder; closed?: ClosedWithin };

/** The number of loaded pages of each column, by the column's id. */
export type Pages = ReadonlyMap<string, number>;

/** Reads a board with as many pages of each column as were loaded before. */
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

/** Loads the next page of a column; returns the column with the cards of that page added. */
export async function readMore(query: BoardQuery, column: Column): Promise<Column> {
  const { cards, next_cursor } = await body(
    api.GET('/v1/board/{column}/cards', {
      params: { path: { column: column.id }, query: { ...query, cursor: column.next_cursor ?? '' } },
    }),
  );
  const known = new Set(column.cards.map(({ id }) => id));
  return { ...column, cards: [...column.cards, ...cards.filter(({ id }) => !known.has(id))], next_cursor };
}

/** A move of a card to another column. */
export interface Move {
  card: Card;
  from: string;
  to: string;
  /** The position in the new column. */
  at: number;
}

/** The board after a move, with counts and sums adjusted. */
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
