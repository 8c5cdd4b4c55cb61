import Type from 'typebox';
import { bodyShape, closed, instant, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { outcomes } from '../intake/result.ts';
import type { Problem } from '../platform/problem.ts';
import { groupKey } from './journal-shapes.ts';
import { filterProperties } from './submission-filter.ts';
import { MOST_GROUPED } from './submission-group-store.ts';

const LARGEST_BODY = 262_144;
/** Maximum number of requests that one call replays. */
export const MOST_REPLAYED = 500;
/** Maximum number of requests that one job replays. */
export const MOST_IN_JOB = MOST_GROUPED;

const ids = (most: number) =>
  Type.Optional(
    Type.Array(Type.String({ maxLength: 100 }), { maxItems: most, description: 'Only the requests with these ids.' }),
  );

export const replayRequest = bodyShape('ReplayRequest', 'Replays a stored request.', {
  dry_run: Type.Optional(Type.Boolean({ description: 'true: report what would happen without storing anything.' })),
  body: Type.Optional(Type.String({ maxLength: LARGEST_BODY, description: 'The corrected body.' })),
  query: Type.Optional(Type.String({ maxLength: 16_384, description: 'The corrected query string.' })),
});

export const replayResult = viewShape('ReplayResult', 'Result of a replay.', {
  outcome: oneOf(outcomes, 'Outcome of the replay.'),
  status_code: Type.Integer({ description: 'Status code the sender would have received.' }),
  answer: Type.String({ description: 'Body of that response.' }),
  detail: Type.String({ description: 'What happened, or would happen, in words.' }),
  lead_id: textOrNull('The resulting lead; for a dry run, only if the lead already exists.'),
  lead_name: textOrNull('Name of that lead.'),
  problem: Type.Unsafe<Problem | null>({
    type: ['object', 'null'],
    additionalProperties: true,
    description: 'Why the replay was refused.',
  }),
  dry_run: Type.Boolean(),
});

export const replayManyRequest = bodyShape(
  'ReplayManyRequest',
  `Replays stored requests, oldest first; at most ${MOST_REPLAYED}. For more, or to correct them, use POST /v1/submissions/replays.`,
  {
    outcome: Type.Optional(
      oneOf(['refused', 'failed', 'test'], 'Only requests with this outcome. Defaults to refused and failed ones.'),
    ),
    dialect: Type.Optional(Type.String({ maxLength: 100, description: 'Only requests made through this API.' })),
    ids: ids(MOST_REPLAYED),
    dry_run: Type.Optional(Type.Boolean({ description: 'true: report what would happen without storing anything.' })),
  },
);

export const replayManyResult = viewShape('ReplayManyResult', 'Results of several replays.', {
  tried: Type.Integer(),
  outcomes: Type.Object(
    {},
    {
      additionalProperties: true,
      description: 'Number of requests by outcome: accepted, merged, refused, skipped ...',
    },
  ),
  results: Type.Array(
    Type.Object({
      id: Type.String(),
      outcome: Type.String({ description: 'skipped: already accepted, or unknown.' }),
      status_code: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
      lead_id: textOrNull('The resulting lead.'),
    }),
  ),
});

/** Selects requests by id, by a group with the same error, or by the filters of the list. */
const chosen = {
  ids: ids(MOST_IN_JOB),
  group: Type.Optional(groupKey),
  filter: Type.Optional(
    closed(filterProperties, 'The filters of GET /v1/submissions; combined with a group, they narrow it.'),
  ),
};

export const replayJobRequest = bodyShape(
  'ReplayJobRequest',
  `Replays stored requests one by one, oldest first; at most the newest ${MOST_IN_JOB}. Requests that were already accepted are left out.`,
  {
    ...chosen,
    edits: Type.Optional(
      Type.Array(
        closed({
          path: Type.String({
            minLength: 1,
            maxLength: 1000,
            description: 'Path of the value in the request.',
          }),
          from: Type.Optional(Type.String({ maxLength: 10_000, description: 'Replace only this value.' })),
          to: Type.String({ maxLength: 10_000, description: 'The new value.' }),
        }),
        { maxItems: 20, description: 'Corrections to make in each request.' },
      ),
    ),
  },
);

export const dismissRequest = bodyShape('DismissRequest', 'Dismisses refused and failed requests.', {
  ...chosen,
  undo: Type.Optional(Type.Boolean({ description: 'true: restore requests that were dismissed.' })),
});

export const dismissed = viewShape('DismissResult', 'The requests that were dismissed or restored.', {
  ids: Type.Array(Type.String()),
});

export const jobReplayView = viewShape('JobReplayView', 'A request that was replayed by a job.', {
  submission_id: Type.String(),
  method: Type.String(),
  path: Type.String(),
  received_at: instant('When it was received.'),
  outcome: oneOf(outcomes, 'Outcome of the replay.'),
  detail: Type.String({ description: 'Short summary of the outcome.' }),
  lead_id: textOrNull('The resulting lead.'),
});
