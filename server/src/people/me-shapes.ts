import Type from 'typebox';
import { bodyShape, oneOf, viewShape } from '../http/shapes.ts';
import { policies, roles } from '../workspaces/access/policies.ts';
import { visibilityLevels } from '../workspaces/reference-data.ts';

const role = oneOf(roles, 'Role of the member.');

export const meView = viewShape('Me', 'Who is signed in, in which workspace, and what they may do.', {
  user: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    username: Type.String(),
    totp: Type.Boolean({ description: 'Whether signing in requires a code in addition to the password.' }),
    managed: Type.Boolean({
      description:
        'Whether the account is used in this workspace only, so that its administrators may reset it. false ' +
        'once the person has joined another workspace with it.',
    }),
    sample: Type.Boolean({
      description: 'Whether this is a sample member without an account, used by an owner to look around.',
    }),
  }),
  member: Type.Object({
    id: Type.String(),
    role,
    visibility: oneOf(visibilityLevels, 'Whose leads the member sees.'),
  }),
  workspace: Type.Object({
    id: Type.String(),
    name: Type.String(),
    region: Type.String({ description: 'Country (ISO 3166-1 alpha-2).' }),
    time_zone: Type.String(),
    currency: Type.String({ description: 'ISO 4217 currency code.' }),
  }),
  workspaces: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), role }), {
    description: 'All workspaces the person is a member of, including this one.',
  }),
  permissions: Type.Array(
    oneOf(Object.keys(policies) as (keyof typeof policies)[], 'Name of a policy that the role satisfies.'),
  ),
});

export const mePatch = bodyShape('MePatch', 'Fields that are omitted stay unchanged.', {
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
