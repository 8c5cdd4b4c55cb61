import Type, { type Static } from 'typebox';
import { bodyShape, instantOrNull, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { audiences, type SavedView, viewScreens } from './saved-view-store.ts';

const name = Type.String({ minLength: 1, maxLength: 60, description: 'Name.' });
const audience = oneOf(audiences, "Who sees it: its creator, the creator's departments, or everyone.");
const query = Type.String({
  maxLength: 2000,
  description: 'Query string for GET /v1/leads, or for the reports: `owner=me&state=open`, `range=quarter`.',
});

const screen = oneOf(viewScreens, 'The screen it belongs to: the list of leads, or the reports.');

/** A saved view as shown by `/v1`. */
export const savedView = viewShape(
  'SavedView',
  'A saved filter, either for the list of leads, with its order and columns, or for the reports, with their period.',
  {
    id: Type.String(),
    name,
    audience,
    screen,
    query,
    position: Type.Integer({ description: 'Sort position, after the pinned views.' }),
    created_by: textOrNull('Who created it; null for the views a workspace starts with.'),
    may_change: Type.Boolean({ description: 'Whether you may update and delete it.' }),
    pinned: Type.Boolean({ description: 'Whether you have pinned it.' }),
    last_used_at: instantOrNull('When anyone last used it.'),
  },
);

export const viewCreate = bodyShape(
  'SavedViewCreate',
  'A new view. Visible only to you unless `audience` is given, and for the list of leads unless `screen` is given.',
  { name, query, audience: Type.Optional(audience), screen: Type.Optional(screen) },
);

export const viewPatch = bodyShape('SavedViewPatch', 'Fields that are omitted stay unchanged.', {
  name: Type.Optional(name),
  query: Type.Optional(query),
  audience: Type.Optional(audience),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
});

/** Query parameters of the list of views. */
export const viewListQuery = { screen: Type.Optional(screen) };

/** Converts a view for one member, who may be allowed to change it and may have pinned it. */
export function viewSavedView(
  view: SavedView,
  referenceData: ReferenceData,
  { mayChange, pinned }: { mayChange: boolean; pinned: boolean },
): Static<typeof savedView.schema> {
  return {
    id: view.id,
    name: view.name,
    audience: view.audience,
    screen: view.screen,
    query: view.query,
    position: view.position,
    created_by: referenceData.get('member', view.member_id)?.name ?? null,
    may_change: mayChange,
    pinned,
    last_used_at: view.last_used_at?.toISOString() ?? null,
  };
}
