import Type from 'typebox';
import { closed, instant, oneOf, shape, textOrNull } from '../http/shapes.ts';
import { outcomes } from '../intake/result.ts';
import type { Problem } from '../platform/problem.ts';
import { groupKey } from './journal-shapes.ts';
import { filterProperties } from './submission-filter.ts';
import { MOST_GROUPED } from './submission-group-store.ts';

const LARGEST_BODY = 262_144;
/** Most requests that one call tries again. */
export const MOST_REPLAYED = 500;
/** Most requests that one job tries again. */
export const MOST_IN_JOB = MOST_GROUPED;

const ids = (most: number) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: most, description: 'Exactly these.' }));

/** Body of POST /v1/submissions/{id}/replay. */
export const replayRequest = shape(
  'ReplayRequest',
  closed(
    {
      dry_run: Type.Optional(Type.Boolean({ description: 'true: say what would happen, keep nothing.' })),
      body: Type.Optional(Type.String({ maxLength: LARGEST_BODY, description: 'The body as you mended it.' })),
      query: Type.Optional(
        Type.String({ maxLength: 16_384, description: 'What stands after the ? of the address, as you mended it.' }),
      ),
    },
    'Tries a kept request again.',
  ),
);

/** What came of a replay. */
export const replayResult = shape(
  'ReplayResult',
  Type.Object(
    {
      outcome: oneOf(outcomes, 'How it ended this time.'),
      status_code: Type.Integer({ description: 'What its sender would have been told.' }),
      answer: Type.String({ description: 'The body of that answer.' }),
      detail: Type.String({ description: 'What came of it, or would come of it, in words.' }),
      lead_id: textOrNull('The lead it led to; of a dry run only a lead that is there already.'),
      lead_name: textOrNull('The name of that lead.'),
      problem: Type.Unsafe<Problem | null>({
        type: ['object', 'null'],
        additionalProperties: true,
        description: 'Why it was refused again.',
      }),
      dry_run: Type.Boolean(),
    },
    { description: 'What came of a replay.' },
  ),
);

/** Body of POST /v1/submissions/replay. */
export const replayManyRequest = shape(
  'ReplayManyRequest',
  closed(
    {
      outcome: Type.Optional(
        oneOf(['refused', 'failed', 'test'], 'Those that ended so. Refused and failed ones if not said.'),
      ),
      dialect: Type.Optional(Type.String({ maxLength: 100, description: 'Those that came by this API.' })),
      ids: ids(MOST_REPLAYED),
      dry_run: Type.Optional(Type.Boolean({ description: 'true: say what would happen, keep nothing.' })),
    },
    `Tries kept requests again, at most ${MOST_REPLAYED}, oldest first. For more, or with changes: POST /v1/submissions/replays.`,
  ),
);

/** What came of many replays. */
export const replayManyResult = shape(
  'ReplayManyResult',
  Type.Object(
    {
      tried: Type.Integer(),
      outcomes: Type.Object(
        {},
        { additionalProperties: true, description: 'How many ended how: accepted, merged, refused, skipped ...' },
      ),
      results: Type.Array(
        Type.Object({
          id: Type.String(),
          outcome: Type.String({ description: 'skipped: taken already, or unknown.' }),
          status_code: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
          lead_id: textOrNull('The lead it led to.'),
        }),
      ),
    },
    { description: 'What came of many replays.' },
  ),
);

/** Which requests are meant: by id, by a group of equal errors, or by the filters of the list. */
const chosen = {
  ids: ids(MOST_IN_JOB),
  group: Type.Optional(groupKey),
  filter: Type.Optional(closed(filterProperties, 'As in GET /v1/submissions; beside a group it narrows that.')),
};

/** Body of POST /v1/submissions/replays. */
export const replayJobRequest = shape(
  'ReplayJobRequest',
  closed(
    {
      ...chosen,
      edits: Type.Optional(
        Type.Array(
          closed({
            path: Type.String({
              minLength: 1,
              maxLength: 1000,
              description: 'The value, in the words of the request.',
            }),
            from: Type.Optional(Type.String({ maxLength: 10_000, description: 'Only where this was sent.' })),
            to: Type.String({ maxLength: 10_000, description: 'What to put there.' }),
          }),
          { maxItems: 20, description: 'What to mend in each.' },
        ),
      ),
    },
    `Tries kept requests again one by one, at most the newest ${MOST_IN_JOB}, oldest first. Taken ones are left out.`,
  ),
);

/** Body of POST /v1/submissions/dismiss. */
export const dismissRequest = shape(
  'DismissRequest',
  closed(
    { ...chosen, undo: Type.Optional(Type.Boolean({ description: 'true: take them up again.' })) },
    'Puts refused and failed requests aside.',
  ),
);

/** What was put aside. */
export const dismissed = shape(
  'Dismissed',
  Type.Object(
    { ids: Type.Array(Type.String()) },
    { description: 'The requests that were put aside, or taken up again.' },
  ),
);

/** One request that a job tried again. */
export const jobReplayView = shape(
  'JobReplayView',
  Type.Object(
    {
      submission_id: Type.String(),
      method: Type.String(),
      path: Type.String(),
      received_at: instant('When it came.'),
      outcome: oneOf(outcomes, 'How it ended this time.'),
      detail: Type.String({ description: 'What came of it in few words.' }),
      lead_id: textOrNull('The lead it led to.'),
    },
    { description: 'A request that a job tried again.' },
  ),
);
