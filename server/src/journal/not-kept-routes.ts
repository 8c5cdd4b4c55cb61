import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, wholeList } from '../http/list.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { closed, instant, textOrNull, viewShape } from '../http/shapes.ts';
import { NOBODY } from '../workspaces/limits/request-rates.ts';
import type { TurnedAwayRequests } from '../workspaces/limits/turned-away.ts';
import { type CountedSender, listCounted } from '../workspaces/limits/turned-away-store.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

const DAY_MS = 86_400_000;
const MOST_LISTED = 200;

const notKeptView = viewShape(
  'RequestsNotKept',
  'Requests of one sender on one day that were refused on arrival and only counted, not stored.',
  {
    day: Type.String({ description: 'The day in UTC: YYYY-MM-DD.' }),
    token_id: textOrNull('The token they were made with.'),
    token_name: textOrNull('Name of that token.'),
    member_id: textOrNull('The member whose session it was.'),
    dialect: Type.String({ description: 'The API they were made through.' }),
    reason: Type.String({
      description:
        'Why they were refused: revoked, expired, unknown (a token of another API), rate_limited or wrong_password.',
    }),
    kept: Type.Integer({ description: 'Requests of that day that are in the journal.' }),
    counted: Type.Integer({ description: 'Requests that were only counted.' }),
    counted_bytes: Type.Integer({ description: 'Their total size in bytes.' }),
    last_at: instant('When the last of them was received.'),
    detail: Type.String({ description: 'The entry as a sentence.' }),
  },
);

const { route } = routesAbout('Submissions');

/** `/v1/submissions/not-kept`: requests that were only counted, not stored in the journal. */
export function notKeptRoutes(
  scope: ApiScope,
  api: ApiContext & { turnedAway: Pick<TurnedAwayRequests, 'flush'> },
): void {
  scope.get(
    '/submissions/not-kept',
    route('read journal', 'List requests that were only counted, not stored', {
      about:
        'The journal keeps requests made with revoked or expired tokens or with tokens of another API, and requests over a rate limit, up to a daily quota. Requests with a valid token are always kept.',
      querystring: closed({
        days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 7, description: 'Days to look back.' })),
      }),
      200: listOf(notKeptView.ref, `By day, newest first; at most ${MOST_LISTED}.`),
    }),
    async (request) => {
      const { referenceData, visibility, at } = contextOf(request);
      // Refused requests have no lead: members who see only some leads see none of them.
      if (visibility) return wholeList([]);
      await api.turnedAway.flush();
      const since = new Date(at.getTime() - ((request.query.days ?? 7) - 1) * DAY_MS).toISOString().slice(0, 10);
      const rows = await reading(api, request, (tx) => listCounted(tx, since, MOST_LISTED));
      return wholeList(rows.map((row) => view(row, referenceData)));
    },
  );
}

function view(row: CountedSender, referenceData: ReferenceData): Static<typeof notKeptView.schema> {
  const { day, dialect, reason, kept, counted, counted_bytes } = row;
  const member = referenceData.get('member', row.sender_id);
  return {
    day,
    token_id: row.token_name === null ? null : row.sender_id,
    token_name: row.token_name,
    member_id: member?.id ?? null,
    dialect,
    reason,
    kept,
    counted,
    counted_bytes,
    last_at: row.last_at.toISOString(),
    detail: sentence(row, member?.name),
  };
}

function sentence({ sender_id, token_name, kept, counted, reason }: CountedSender, memberName = ''): string {
  const many = (count: number, what: string) => `${count.toLocaleString('en-GB')} ${what}${count === 1 ? '' : 's'}`;
  const were = counted === 1 ? 'was' : 'were';
  if (sender_id === NOBODY) return `${many(counted, 'sign-in')} with a wrong password ${were} counted, not kept.`;
  const more = kept > 0 ? 'more ' : '';
  const sender =
    token_name === null ? `the member ${memberName}` : `the ${adjectives.get(reason) ?? ''}token ${token_name}`;
  const why = reason === 'rate_limited' ? ' over the rate' : reason === 'unknown' ? ' to another API' : '';
  return `${many(counted, `${more}request`)} of ${sender}${why} ${were} counted, not kept.`;
}

const adjectives = new Map([
  ['revoked', 'revoked '],
  ['expired', 'expired '],
]);
