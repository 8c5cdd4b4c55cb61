import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { notFound, Refused } from '../http/refused.ts';
import { replies } from '../http/replies.ts';
import { contextOf, inWorkspace } from '../http/request-context.ts';
import { closed, oneOf } from '../http/shapes.ts';
import { filterContextOf } from '../leads/list/filter-context.ts';
import { type FilterQuery, leadFilterQuery, listFilter } from '../leads/list/lead-filters.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fromTypeId, typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { endOfToday } from '../platform/time/calendar.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type BoardKind, type BoardQuery, countCards, listCards, type Place, resolveFilter } from './board-store.ts';
import { type boardCard, boardPage, boardView, viewCard } from './board-view.ts';

const CARDS = 40;
const tags = ['Board'];
const by = Type.Optional(oneOf(['status', 'deal_stage'], 'Leads by status (default) or deals by stage.'));

/** `/v1/board`: leads by status or deals by stage, most urgent first. */
export function boardRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/board',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Get a board of leads or deals',
        description:
          'Each column with its first cards: overdue, due today, nothing planned, planned for later. To move a card, update the status of its lead or the stage of its deal.',
        tags,
        querystring: closed({ by, ...leadFilterQuery }),
        response: replies({ 200: boardView.ref }),
      },
    },
    (request) => readBoard(api, request, request.query),
  );
  scope.get(
    '/board/:column/cards',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List more cards of a column',
        tags,
        params: closed({ column: Type.String({ description: 'Id of the status or stage.' }) }),
        querystring: closed({
          by,
          ...leadFilterQuery,
          cursor: Type.Optional(
            Type.String({ maxLength: 100, description: 'Value of next_cursor from the previous page.' }),
          ),
        }),
        response: replies({ 200: boardPage.ref }, [404]),
      },
    },
    async (request) => {
      const { cursor, by: kind = 'status', ...query } = request.query;
      const { referenceData, visibility } = contextOf(request);
      const columnId = columnsOf(kind, referenceData).find(({ id }) => id === request.params.column)?.id;
      if (columnId === undefined) throw notFound();
      const filter = listFilter(query, filterContextOf(request));
      if (!filter) return { cards: [], next_cursor: null };
      return inWorkspace(api, request, (tx) =>
        resolveFilter(tx, { kind, filter, visibility, columnId }).then(({ question }) =>
          readColumn(tx, request, question, cursor === undefined ? undefined : placeOf(cursor)),
        ),
      );
    },
  );
}

type BoardParams = FilterQuery & { by?: BoardKind };

async function readBoard(
  api: ApiContext,
  request: FastifyRequest,
  { by: kind = 'status', ...query }: BoardParams,
): Promise<Static<typeof boardView.schema>> {
  const { referenceData, visibility } = contextOf(request);
  const filter = listFilter(query, filterContextOf(request));
  const columns = await inWorkspace(api, request, async (tx) => {
    const read = [];
    for (const { id, name, colour, state } of columnsOf(kind, referenceData)) {
      const head = { id, name, colour: colour ?? 'neutral', state: state ?? 'open' };
      const question = filter && { kind, filter, visibility, columnId: id };
      read.push({ ...head, ...(question ? await fillColumn(tx, request, question) : emptyColumn) });
    }
    return read;
  });
  return { by: kind, currency: referenceData.workspace.currency ?? null, columns };
}

const emptyColumn = { count: 0, count_exact: true, sum: 0, cards: [], next_cursor: null };

async function fillColumn(tx: Tx, request: FastifyRequest, query: BoardQuery) {
  const { question, whole } = await resolveFilter(tx, query);
  const { count, exact, sum } = await countCards(tx, question);
  const count_exact = exact && whole;
  if (count === 0) return { ...emptyColumn, count_exact };
  return { count, count_exact, sum, ...(await readColumn(tx, request, question)) };
}

async function readColumn(
  tx: Tx,
  request: FastifyRequest,
  question: BoardQuery,
  after?: Place,
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

function cursorOf({ band, at, id }: Place): string {
  return [band, at ?? '', typeId('after', id)].join('~');
}

function placeOf(cursor: string): Place {
  const [band = '', at = '', after = ''] = cursor.split('~');
  const id = fromTypeId('after', after);
  const isKnown = /^[0-2]$/.test(band) && (band === '1' ? at === '' : !Number.isNaN(Date.parse(at)));
  if (!isKnown || id === undefined) throw new Refused(invalid({ at: 'cursor', code: 'unknown_reference' }));
  return { band: Number(band), at: at || null, id };
}

function columnsOf(kind: BoardKind, referenceData: ReferenceData) {
  return kind === 'status' ? referenceData.all('status') : referenceData.all('deal_stage');
}
