import Type, { type Static } from 'typebox';
import { closed, instantOrNull, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { audiences, type SavedView } from './saved-view-store.ts';

const name = Type.String({ minLength: 1, maxLength: 60, description: 'What it is called.' });
const audience = oneOf(audiences, 'Who sees it: its maker, the departments of its maker, or all.');
const query = Type.String({
  maxLength: 2000,
  description:
    'What GET /v1/leads is asked, as it stands in an address after the question mark: `owner=me&state=open`.',
});

/** A saved view as `/v1` shows it. */
export const savedView = shape(
  'SavedView',
  Type.Object(
    {
      id: Type.String(),
      name,
      audience,
      query,
      position: Type.Integer({ description: 'Views are shown in this order, behind those that are pinned.' }),
      maker: textOrNull('Who made it; null: it was there from the beginning.'),
      may_change: Type.Boolean({ description: 'You may change and remove it.' }),
      pinned: Type.Boolean({ description: 'You keep it at the front.' }),
      last_used_at: instantOrNull('When anybody last looked at it.'),
    },
    { description: 'A name for a way of looking at the leads.' },
  ),
);

/** Body of POST /v1/views. */
export const viewCreate = shape(
  'SavedViewCreate',
  closed({ name, query, audience: Type.Optional(audience) }, 'Your own if `audience` is not said.'),
);

/** Body of PATCH /v1/views/{id}. */
export const viewPatch = shape(
  'SavedViewPatch',
  closed(
    {
      name: Type.Optional(name),
      query: Type.Optional(query),
      audience: Type.Optional(audience),
      position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    },
    'What is not named stays as it is.',
  ),
);

/** Shows a view to somebody who may, or may not, change it, and who may have pinned it. */
export function viewSavedView(
  view: SavedView,
  referenceData: ReferenceData,
  { mayChange, pinned }: { mayChange: boolean; pinned: boolean },
): Static<typeof savedView.schema> {
  return {
    id: view.id,
    name: view.name,
    audience: view.audience,
    query: view.query,
    position: view.position,
    maker: referenceData.get('member', view.member_id)?.name ?? null,
    may_change: mayChange,
    pinned,
    last_used_at: view.last_used_at?.toISOString() ?? null,
  };
}
