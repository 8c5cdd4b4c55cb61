import Type, { type Static } from 'typebox';
import { closed, instantOrNull, shape, textOrNull } from '../http/shapes.ts';
import { leadFilterQuery } from '../leads/list/lead-filters.ts';

/** Leads that one request may name one by one; more are meant by a filter. */
const MOST_NAMED = 1000;
const LONGEST_REFERENCE = 1000;

const named = (what: string) => Type.Optional(textOrNull(`${what}, by name or id.`, { maxLength: LONGEST_REFERENCE }));

/** Body of POST /v1/leads/bulk. */
export const leadBulk = shape(
  'LeadBulk',
  closed(
    {
      ids: Type.Optional(
        Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: MOST_NAMED, description: 'These leads.' }),
      ),
      filter: Type.Optional(closed(leadFilterQuery, 'All leads that GET /v1/leads finds with this filter.')),
      change: Type.Optional(
        closed(
          {
            status: named('Status'),
            lost_reason: named('Why they were lost, due when the status becomes one of the state "lost"'),
            owner: named('Owning member; null: nobody'),
            department: named('Department'),
            source: named('Source'),
            type: named('Lead type'),
            category: named('Category'),
          },
          'What changes on each of them; null clears.',
        ),
      ),
      plan_call: Type.Optional(
        closed(
          { due_at: Type.Optional(instantOrNull('When to call; at once if not said.')), type: named('Lead type') },
          'Puts each of them on the call queue.',
        ),
      ),
      delete: Type.Optional(Type.Literal(true, { description: 'Deletes each of them, with all that hangs on it.' })),
    },
    'Names the leads by `ids` or `filter`, and says one thing to do: `change`, `plan_call` or `delete`.',
  ),
);

export type LeadBulk = Static<typeof leadBulk.schema>;
