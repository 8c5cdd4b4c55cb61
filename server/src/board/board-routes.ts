import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { closed, oneOf } from '../http/shapes.ts';
import { filterContextOf } from '../leads/list/filter-context.ts';
import { type FilterQuery, leadFilterQuery, listFilter } from '../leads/list/lead-filters.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fromTypeId, typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { dayIn, endOfToday, plusDays } from '../platform/time/calendar.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { BoardKind, BoardQuery } from './board-query.ts';
import { listCards, resolveFilter } from './board-store.ts';
import { type boardCard, boardPage, boardView, viewCard } from './board-view.ts';
import { type Band, bandsFor, type CardSort, cardSorts, isKeyOf, type Position } from './card-orders.ts';
import { sumColumns } from './count-cards.ts';
import { countCards } from './count-cards-store.ts';

const CARDS = 40;
const { route } = routesAbout('Board');
const periods = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 } as const;
const boardQuery = {
  by: Type.Optional(oneOf(['status', 'deal_stage'], 'Leads by status (default) or deals by stage.')),
  sort: Type.Optional(
    oneOf(
      cardSorts,
      'Order of the cards in each column. next_step (default): overdue, due today, nothing planned, planned for later; closed deals by the day they were closed, most recent first. newest and oldest: by age. amount: largest first. close_date: soonest expected closing date first, cards without a date last. Sorting leads by amount or close_date covers the newest 2000 of their column.',
    ),
  ),
  closed: Type.Optional(
    oneOf(
      ['7d', '30d', '90d', '365d', 'all'],
      'Which won and lost deals are shown and counted: those closed within this many days up to today, or all. Defaults to 30d. Has no effect on a board of leads.',
    ),
  ),
  ...leadFilterQuery,
};

/** `/v1/board`: leads by status or deals by stage, most urgent first. */
export function boardRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/board',
    route('read leads', 'Get a board of leads or deals', {
      about:
        'Returns each column with its first cards. To move a card, update the status of its lead or the stage of its deal.',
      querystring: closed(boardQuery),
      200: boardView.ref,
    }),
    (request) => readBoard(api, request, request.query),
  );
  scope.get(
    '/board/:column/cards',
    route('read leads', 'List more cards of a column', {
      params: closed({ column: Type.String({ description: 'Id of the status or stage.' }) }),
      querystring: closed({
        ...boardQuery,
        cursor: Type.Optional(
          Type.String({ maxLength: 100, description: 'Value of next_cursor from the previous page.' }),
        ),
      }),
      200: boardPage.ref,
      or: [404],
    }),
    async (request) => {
      const { cursor, by: kind = 'status', sort, closed: period, ...query } = request.query;
      const column = orNotFound(
        columnsOf(kind, contextOf(request).referenceData).find(({ id }) => id === request.params.column),
      );
      const filter = listFilter(query, filterContextOf(request));
      if (!filter) return { cards: [], next_cursor: null };
      const question = questionOf(request, column, { kind, sort, closed: period, filter });
      const after =
        cursor === undefined ? undefined : placeOf(cursor, bandsFor(question.sort, question.isOfClosedDeals));
      return reading(api, request, (tx) =>
        resolveFilter(tx, question).then((resolved) => readColumn(tx, request, resolved.question, after)),
      );
    },
  );
}

interface BoardParams extends FilterQuery {
  by?: BoardKind;
  sort?: CardSort;
  closed?: keyof typeof periods | 'all';
}

/** The query for one column of a board. */
function questionOf(
  request: FastifyRequest,
  { id, state }: { id: string; state?: string | null | undefined },
  {
    kind,
    sort = 'next_step',
    closed: period = '30d',
    filter,
  }: { kind: BoardKind; sort?: CardSort | undefined; closed?: BoardParams['closed']; filter: BoardQuery['filter'] },
): BoardQuery {
  const { referenceData, visibility, at } = contextOf(request);
  const isOfClosedDeals = kind === 'deal_stage' && (state === 'won' || state === 'lost');
  const today = dayIn(at, referenceData.workspace.time_zone);
  const closedSince = isOfClosedDeals && period !== 'all' ? plusDays(today, 1 - periods[period]) : undefined;
  return { kind, filter, visibility, columnId: id, sort, closedSince, isOfClosedDeals };
}

async function readBoard(
  api: ApiContext,
  request: FastifyRequest,
  { by: kind = 'status', sort, closed: period, ...query }: BoardParams,
): Promise<Static<typeof boardView.schema>> {
  const { referenceData } = contextOf(request);
  const filter = listFilter(query, filterContextOf(request));
  const asked = columnsOf(kind, referenceData).map((column) => ({
    column,
    question: filter && questionOf(request, column, { kind, sort, closed: period, filter }),
  }));
  const columns = await reading(api, request, async (tx) => {
    const sums = await sumColumns(
      tx,
      asked.flatMap(({ question }) => question ?? []),
    );
    const read = [];
    for (const { column, question } of asked) {
      const { id, name, colour, state } = column;
      const head = {
        id,
        name,
        colour: colour ?? 'neutral',
        state: state ?? 'open',
        closed_since: question?.closedSince ?? null,
      };
      read.push({ ...head, ...(question ? await fillColumn(tx, request, question, sums) : emptyColumn) });
    }
    return read;
  });
  return { by: kind, currency: referenceData.workspace.currency ?? null, columns };
}

const emptyColumn = { count: 0, count_exact: true, sum: 0, cards: [], next_cursor: null };

async function fillColumn(
  tx: Tx,
  request: FastifyRequest,
  query: BoardQuery,
  sums: Awaited<ReturnType<typeof sumColumns>>,
) {
  const { question, whole } = await resolveFilter(tx, query);
  const { count, exact, sum } = sums?.(query) ?? (await countCards(tx, question));
  const count_exact = exact && whole;
  if (count === 0) return { ...emptyColumn, count_exact };
  return { count, count_exact, sum, ...(await readColumn(tx, request, question)) };
}

async function readColumn(
  tx: Tx,
  request: FastifyRequest,
  question: BoardQuery,
  after?: Position,
): Promise<{ cards: Static<typeof boardCard.schema>[]; next_cursor: string | null }> {
  const { referenceData, at } = contextOf(request);
  const dayEnd = endOfToday(at, referenceData.workspace.time_zone);
  const rows = await listCards(tx, question, { dayEnd, limit: CARDS + 1, after });
  const page = rows.slice(0, CARDS);
  const last = page.at(-1);
  return {
    cards: page.map(({ card }) => viewCard(card, question.kind, referenceData, { now: at, dayEnd })),
    next_cursor:
      rows.length > CARDS && last ? cursorOf({ band: last.band, at: last.card.place_at, id: last.card.id }) : null,
  };
}

function cursorOf({ band, at, id }: Position): string {
  return [band, at ?? '', typeId('after', id)].join('~');
}

function placeOf(cursor: string, bands: readonly Band[]): Position {
  const [band = '', key = '', after = ''] = cursor.split('~');
  const at = key || null;
  const id = fromTypeId('after', after);
  const known = /^\d$/.test(band) ? bands[Number(band)] : undefined;
  if (!known || !isKeyOf(known, at) || id === undefined)
    throw new Refused(invalid({ at: 'cursor', code: 'unknown_reference' }));
  return { band: Number(band), at, id };
}

function columnsOf(kind: BoardKind, referenceData: ReferenceData) {
  return kind === 'status' ? referenceData.all('status') : referenceData.all('deal_stage');
}
