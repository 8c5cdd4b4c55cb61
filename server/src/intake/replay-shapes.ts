import Type from 'typebox';
import { closed, oneOf, shape, textOrNull } from '../platform/http/shapes.ts';
import type { Problem } from '../platform/problem.ts';
import { outcomes } from './result.ts';

const LARGEST_BODY = 262_144;
/** Most requests that one call tries again. */
export const MOST_REPLAYED = 500;

/** Body of POST /v1/submissions/{id}/replay. */
export const replayRequest = shape(
  'ReplayRequest',
  closed(
    {
      dry_run: Type.Optional(Type.Boolean({ description: 'true: say what would happen, keep nothing.' })),
      body: Type.Optional(Type.String({ maxLength: LARGEST_BODY, description: 'The body as you mended it.' })),
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
      lead_id: textOrNull('The lead it led to.'),
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
      ids: Type.Optional(
        Type.Array(Type.String({ maxLength: 100 }), { maxItems: MOST_REPLAYED, description: 'Exactly these.' }),
      ),
      dry_run: Type.Optional(Type.Boolean({ description: 'true: say what would happen, keep nothing.' })),
    },
    `Tries kept requests again, at most ${MOST_REPLAYED}, oldest first.`,
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
