import Type, { type Static } from 'typebox';
import { instantOrNull, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import { type Member, type ReferenceData, roles, sights } from '../../workspaces/reference-data.ts';

const fields = {
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  username: Type.String(),
  role: oneOf(roles, 'What the member may do.'),
  active: Type.Boolean({ description: 'false: can no longer sign in, and gets no leads.' }),
  sees: oneOf(sights, 'Whose leads they see: their own, those of their departments, all. Owners and admins see all.'),
  joined: Type.Boolean({ description: 'false: was invited, and has no password yet.' }),
  department_ids: Type.Array(Type.String(), { description: 'Departments that the member takes turns in.' }),
};

/** A member as `/v1` shows one. */
export const memberView = shape('MemberView', Type.Object(fields, { description: 'Someone who works here.' }));
/** A new member, with the link to hand on. */
export const memberMade = shape(
  'MemberMade',
  Type.Object(
    { ...fields, invitation_url: textOrNull('By which they join, once, within a week. It is shown this once.') },
    { description: 'A new member.' },
  ),
);
/** A link to hand on. */
export const invitationMade = shape(
  'InvitationMade',
  Type.Object(
    {
      invitation_url: Type.String({ description: 'It is shown this once. Links made before no longer work.' }),
      expires_at: Type.String({ format: 'date-time', description: 'When it ends.' }),
    },
    { description: 'A link by which a member joins, or chooses a password anew.' },
  ),
);
/** How a member gets in, for administrators. */
export const memberAccess = shape(
  'MemberAccess',
  Type.Object(
    {
      totp: Type.Boolean({ description: 'Signing in needs a code besides the password.' }),
      sessions: Type.Array(
        Type.Object({
          id: Type.String(),
          created_at: Type.String({ format: 'date-time' }),
          last_seen_at: instantOrNull('When it was last used.'),
          address: Type.String(),
          user_agent: textOrNull('What the browser calls itself.'),
        }),
        { description: 'Where they are signed in to this workspace.' },
      ),
    },
    { description: 'How a member gets in.' },
  ),
);

export function viewMember(
  { id, name, email, username, role, active, sees = 'all', joined = true }: Member,
  referenceData: ReferenceData,
): Static<typeof memberView.schema> {
  const departments = referenceData.all('department').filter((department) => department.member_ids.includes(id));
  return {
    id,
    name,
    email,
    username,
    role,
    active,
    sees,
    joined,
    department_ids: departments.map((department) => department.id),
  };
}
