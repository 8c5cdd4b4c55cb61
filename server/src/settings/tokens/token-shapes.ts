import Type, { type Static } from 'typebox';
import { closed, instant, instantOrNull, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import { scopes } from '../../workspaces/access/policies.ts';
import { nameOfActor } from '../../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { matchPolicies, mergeStyles } from '../../workspaces/tokens/match-policy.ts';
import type { Token } from '../../workspaces/tokens/token-store.ts';

const settings = {
  policy: textOrNull(
    'What to do when an arriving lead is known: create, merge, attach or refuse. null: as its dialect does.',
    {
      enum: [...matchPolicies, null],
    },
  ),
  merge_style: textOrNull('On merge: fill blanks only, or let sent values overwrite. null: as its dialect does.', {
    enum: [...mergeStyles, null],
  }),
  region: textOrNull(
    'Country (ISO alpha-2) of numbers without a country code. null: as its dialect or the workspace has it.',
  ),
  test_mode: Type.Boolean({ description: 'true: everything is checked and answered, no lead is kept.' }),
  may_extend: Type.Boolean({ description: 'May payloads make new sources, statuses and custom fields?' }),
  scopes: Type.Array(oneOf(scopes, 'A scope.'), {
    maxItems: 20,
    description: 'What it may do on /v1; none: everything. write includes read, admin includes all.',
  }),
  expires_at: instantOrNull('When it ends by itself.'),
};

const view = {
  id: Type.String(),
  dialect: Type.String({ description: 'The API it admits to; native for this one.' }),
  name: Type.String(),
  hint: Type.String({ description: 'Its first and last characters, to recognise it by.' }),
  ...settings,
  revoked_at: instantOrNull('When it was revoked.'),
  last_used_at: instantOrNull('When it was last used, to within some seconds.'),
  last_used_address: textOrNull('Where from.'),
  created_by: textOrNull('Who made it, by name; null: it was there from the first.'),
  created_at: instant('When it was made.'),
};
/** A token as `/v1` shows it. */
export const tokenView = shape('TokenView', Type.Object(view, { description: 'An intake token, without its secret.' }));
/** A new token, with its secret. */
export const tokenMade = shape(
  'TokenMade',
  Type.Object(
    { ...view, token: Type.String({ description: 'The secret. It is shown this once and kept nowhere.' }) },
    { description: 'A new token with its secret.' },
  ),
);
const optional = Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, Type.Optional(schema)]));
/** Body of POST /v1/tokens. */
export const tokenCreate = shape(
  'TokenCreate',
  Type.Unsafe<{ dialect: string; name: string } & Partial<Static<typeof tokenView.schema>>>(
    closed(
      {
        dialect: Type.String({
          minLength: 1,
          maxLength: 100,
          description: 'The API it is to admit to; native for this one.',
        }),
        name: Type.String({ minLength: 1, maxLength: 200, description: 'Who or what will send with it.' }),
        ...optional,
      },
      'A new token.',
    ),
  ),
);
/** Body of PATCH /v1/tokens/{id}. */
export const tokenPatch = shape(
  'TokenPatch',
  Type.Unsafe<{ name?: string } & Partial<Static<typeof tokenView.schema>>>(
    closed(
      {
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Who or what sends with it.' })),
        ...optional,
      },
      'What is not named stays as it is.',
    ),
  ),
);
/** Body of POST /v1/tokens/{id}/rotate. */
export const tokenRotate = shape(
  'TokenRotate',
  closed(
    {
      overlap_seconds: Type.Integer({
        minimum: 0,
        maximum: 604_800,
        description: 'How long the old secret works beside the new one.',
      }),
    },
    'A new secret for whoever sends with this token.',
  ),
);

/** Shows a token. */
export function viewToken(token: Token, referenceData: ReferenceData): Static<typeof tokenView.schema> {
  const { id, dialect, name, hint, policy, merge_style, region, test_mode, may_extend } = token;
  return {
    id,
    dialect,
    name,
    hint,
    policy,
    merge_style,
    region,
    test_mode,
    may_extend,
    scopes: token.scopes as Static<typeof tokenView.schema>['scopes'],
    expires_at: token.expires_at?.toISOString() ?? null,
    revoked_at: token.revoked_at?.toISOString() ?? null,
    last_used_at: token.last_used_at?.toISOString() ?? null,
    last_used_address: token.last_used_address,
    created_by: token.created_by && nameOfActor(token.created_by, referenceData),
    created_at: token.created_at.toISOString(),
  };
}
