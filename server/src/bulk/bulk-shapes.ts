import Type, { type Static } from 'typebox';
import { bodyShape, closed, instantOrNull, textOrNull } from '../http/shapes.ts';
import { tagChanges } from '../leads/lead-shapes.ts';
import { leadFilterQuery } from '../leads/list/lead-filters.ts';

/** Maximum number of ids that one request may list; larger selections need a filter. */
const MOST_NAMED = 1000;
const LONGEST_REFERENCE = 1000;

const named = (what: string) => Type.Optional(textOrNull(`${what}, by name or id.`, { maxLength: LONGEST_REFERENCE }));

export const leadBulk = bodyShape(
  'LeadBulk',
  'Selects leads by `ids` or `filter` and says what to do with them: `change`, `plan_call` or `delete`.',
  {
    ids: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        minItems: 1,
        maxItems: MOST_NAMED,
        description: 'Ids of the leads.',
      }),
    ),
    filter: Type.Optional(closed(leadFilterQuery, 'All leads that GET /v1/leads returns for this filter.')),
    change: Type.Optional(
      closed(
        {
          status: named('Status'),
          lost_reason: named('Why the leads were lost (required when the new status has the state "lost")'),
          owner: named('Owning member (null for no owner)'),
          department: named('Department'),
          source: named('Source'),
          type: named('Lead type'),
          category: named('Category'),
          add_tags: Type.Optional(tagChanges.add_tags),
          remove_tags: Type.Optional(tagChanges.remove_tags),
        },
        'Fields to change on each lead; null clears a field.',
      ),
    ),
    plan_call: Type.Optional(
      closed(
        { due_at: Type.Optional(instantOrNull('When to call; now if omitted.')), type: named('Lead type') },
        'Adds a call for each lead to the queue.',
      ),
    ),
    delete: Type.Optional(
      Type.Literal(true, {
        description: 'Deletes the leads with everything that belongs to them. They stay in the bin for 30 days.',
      }),
    ),
  },
);

export type LeadBulk = Static<typeof leadBulk.schema>;
