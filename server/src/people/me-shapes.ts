import Type from 'typebox';
import { closed, oneOf, shape } from '../http/shapes.ts';
import { policies, roles } from '../workspaces/access/policies.ts';
import { sights } from '../workspaces/reference-data.ts';

const role = oneOf(roles, 'What the member may do.');

/** Who is signed in, where, and what they may do. */
export const meView = shape(
  'Me',
  Type.Object(
    {
      user: Type.Object({
        id: Type.String(),
        name: Type.String(),
        email: Type.String(),
        username: Type.String(),
        totp: Type.Boolean({ description: 'true: signing in needs a code besides the password.' }),
      }),
      member: Type.Object({ id: Type.String(), role, sees: oneOf(sights, 'Whose leads they see.') }),
      workspace: Type.Object({
        id: Type.String(),
        name: Type.String(),
        region: Type.String({ description: 'Country (ISO alpha-2).' }),
        time_zone: Type.String(),
        currency: Type.String({ description: 'ISO 4217.' }),
      }),
      workspaces: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), role }), {
        description: 'Where the person works, this workspace among them.',
      }),
      permissions: Type.Array(
        oneOf(Object.keys(policies) as (keyof typeof policies)[], 'The name of a policy that the role fulfils.'),
      ),
    },
    { description: 'Who is signed in, where, and what they may do.' },
  ),
);

/** What people change of themselves. */
export const mePatch = shape(
  'MePatch',
  closed({ name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }, 'What is not named stays as it is.'),
);
