import Type from 'typebox';
import { eventTypes } from '../events/catalogue.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { pageQuery, USUAL_PAGE } from '../http/list.ts';
import { Refused } from '../http/refused.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import { knownWords, partsOf } from '../http/text.ts';
import { invalid } from '../platform/problem.ts';
import { eventView, viewEvent } from './event-view.ts';
import { feedCursor, placeOf } from './feed-cursor.ts';
import { type FeedPlace, feedEnd, feedStart, isKnownPlace, readFeed } from './feed-store.ts';

/** The value of `after` that skips everything announced until now. */
const NOW = 'now';

const query = closed({
  after: Type.Optional(
    Type.String({
      description:
        'Value of next_cursor from the last response, or `now`. If omitted, reading starts with the oldest stored event.',
      maxLength: 100,
    }),
  ),
  limit: pageQuery.limit,
  types: Type.Optional(Type.String({ description: 'Only these types, separated by commas.', maxLength: 2000 })),
});

const description =
  'Oldest first, and no event is ever skipped. Continue with next_cursor, which is always present, even if data is ' +
  'empty. An event appears once every transaction that began writing before it has ended, usually within milliseconds.';

const { route } = routesAbout('Events');

/** `/v1/events`: all announced events, for other systems to follow. */
export function feedRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/events',
    route('read journal', 'Read events', {
      about: description,
      querystring: query,
      200: Type.Object(
        {
          data: Type.Array(eventView.ref),
          next_cursor: Type.String({ description: 'Cursor to continue from, now or later.' }),
        },
        { description: 'Events, oldest first.' },
      ),
    }),
    async (request) => {
      const { after, limit = USUAL_PAGE, types } = request.query;
      const wanted = types === undefined ? undefined : knownWords('types', partsOf(types), eventTypes);
      const place = after === undefined || after === NOW ? undefined : placeIn(after);
      return reading(api, request, async (tx) => {
        // Callers who may see all leads continue after the events that were filtered out. A cursor for anybody else
        // must not reveal the existence of events that they may not see.
        const before = await feedEnd(tx);
        if (after === NOW) return { data: [], next_cursor: feedCursor(before) };
        // If the database has lost the cursor's position, all events are read again, because repeating some is better
        // than missing any.
        const from = place && (await isKnownPlace(tx, place)) ? place : feedStart;
        const events = await readFeed(tx, { after: from, before, types: wanted, limit });
        const last = events.at(-1);
        const isEnd = events.length < limit && contextOf(request).visibility === undefined;
        return { data: events.map(viewEvent), next_cursor: feedCursor(isEnd ? before : (last ?? from)) };
      });
    },
  );
}

function placeIn(cursor: string): FeedPlace {
  const place = placeOf(cursor);
  if (!place) throw new Refused(invalid({ at: 'after', code: 'unknown_reference' }));
  return place;
}
