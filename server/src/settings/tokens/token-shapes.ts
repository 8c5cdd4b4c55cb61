import Type, { type Static } from 'typebox';
import { bodyShape, closed, instant, instantOrNull, oneOf, shape, textOrNull, viewShape } from '../../http/shapes.ts';
import { scopes } from '../../workspaces/access/policies.ts';
import { nameOfActor } from '../../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { matchPolicies, mergeStyles } from '../../workspaces/tokens/match-policy.ts';
import type { Token } from '../../workspaces/tokens/token-store.ts';

const settings = {
  policy: textOrNull(
    "What to do when an incoming lead matches an existing one: create, merge, attach or refuse. null for the dialect's default.",
    {
      enum: [...matchPolicies, null],
    },
  ),
  merge_style: textOrNull(
    "How to merge: fill blank fields only, or overwrite with the sent values. null for the dialect's default.",
    {
      enum: [...mergeStyles, null],
    },
  ),
  region: textOrNull(
    'Country (ISO 3166-1 alpha-2) for phone numbers without a country code. null for the default of the dialect or workspace.',
  ),
  test_mode: Type.Boolean({ description: 'true: requests are checked and answered, but nothing is changed.' }),
  may_extend: Type.Boolean({
    description:
      'Whether requests may create custom fields. Off by default, except for APIs that treat unknown keys as fields.',
  }),
  scopes: Type.Array(oneOf(scopes, 'A scope.'), {
    maxItems: 20,
    description:
      'What the token may do; empty if it may do everything that its API offers. write includes read, admin includes all.',
  }),
  tag_ids: Type.Array(Type.String(), {
    maxItems: 20,
    description: 'Ids of the tags given to every lead that arrives with this token, whether new or known.',
  }),
  expires_at: instantOrNull('When it expires.'),
};

const view = {
  id: Type.String(),
  dialect: Type.String({ description: 'The API it gives access to; native for this one.' }),
  name: Type.String(),
  hint: Type.String({ description: 'Its first and last characters, so that people can recognise it.' }),
  ...settings,
  revoked_at: instantOrNull('When it was revoked.'),
  last_used_at: instantOrNull('When it was last used, to within a few seconds.'),
  last_used_address: textOrNull('IP address.'),
  created_by: textOrNull(
    "Display name of the creator: a member's name, or a description such as A token. null if it came with the installation.",
  ),
  created_at: instant('When it was created.'),
};
export const tokenView = viewShape('TokenView', 'A token, without its secret.', view);
export const createdToken = viewShape('CreatedToken', 'A new token with its secret.', {
  ...view,
  token: Type.String({ description: 'The secret. It is shown only once and cannot be retrieved later.' }),
});
const optional = Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, Type.Optional(schema)]));
export const tokenCreate = shape(
  'TokenCreate',
  Type.Unsafe<{ dialect: string; name: string } & Partial<Static<typeof tokenView.schema>>>(
    closed(
      {
        dialect: Type.String({
          minLength: 1,
          maxLength: 100,
          description: 'The API it gives access to; native for this one.',
        }),
        name: Type.String({ minLength: 1, maxLength: 200, description: 'Who or what uses this token.' }),
        ...optional,
      },
      'A new token.',
    ),
  ),
);
export const tokenPatch = shape(
  'TokenPatch',
  Type.Unsafe<{ name?: string } & Partial<Static<typeof tokenView.schema>>>(
    closed(
      {
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Who or what uses this token.' })),
        ...optional,
      },
      'Fields that are omitted stay unchanged.',
    ),
  ),
);
export const tokenRotate = bodyShape('TokenRotate', 'Replaces the secret of a token.', {
  overlap_seconds: Type.Integer({
    minimum: 0,
    maximum: 604_800,
    description: 'How long the old secret keeps working.',
  }),
});

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
    tag_ids: token.tag_ids.filter((one) => referenceData.get('tag', one)),
    scopes: token.scopes as Static<typeof tokenView.schema>['scopes'],
    expires_at: token.expires_at?.toISOString() ?? null,
    revoked_at: token.revoked_at?.toISOString() ?? null,
    last_used_at: token.last_used_at?.toISOString() ?? null,
    last_used_address: token.last_used_address,
    created_by: token.created_by && nameOfActor(token.created_by, referenceData),
    created_at: token.created_at.toISOString(),
  };
}
