import Type, { type Static } from 'typebox';
import { instantOrNull, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import { type Member, type ReferenceData, roles, visibilityLevels } from '../../workspaces/reference-data.ts';

const fields = {
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  username: Type.String(),
  role: oneOf(roles, 'Role of the member.'),
  active: Type.Boolean({ description: 'false if the member can no longer sign in and is assigned no leads.' }),
  visibility: oneOf(
    visibilityLevels,
    "Whose leads the member sees: their own, their departments', or all. Owners and admins see all.",
  ),
  joined: Type.Boolean({
    description:
      'false if the member was invited and has not accepted yet: until then they cannot act or take turns in owning new leads.',
  }),
  department_ids: Type.Array(Type.String(), {
    description: 'Departments whose new leads are shared out to the member in turn.',
  }),
  bounced: textOrNull('Why a mail server refused the address; null if no refusal is known.'),
};

export const memberView = viewShape('MemberView', 'A member of the workspace.', fields);
/** A new member with the invitation link. */
export const createdMember = viewShape('CreatedMember', 'A new member.', {
  ...fields,
  invitation_url: textOrNull(
    'Invitation link, shown only once. It works once, within a week. Only a path if the request was sent to an unknown host.',
  ),
  mailed: Type.Boolean({ description: 'Whether an invitation with a separate link is also sent by email.' }),
});
export const createdInvitation = viewShape(
  'CreatedInvitation',
  'A link with which a member joins or sets a new password.',
  {
    invitation_url: Type.String({ description: 'The invitation link, shown only once. Earlier links stop working.' }),
    expires_at: Type.String({ format: 'date-time', description: 'When it expires.' }),
    mailed: Type.Boolean({ description: 'Whether the member is also sent a separate link by email.' }),
  },
);
/** How a member signs in, for administrators. */
export const memberAccess = viewShape('MemberAccess', 'How a member signs in.', {
  managed: Type.Boolean({
    description:
      'Whether only this workspace has ever used the account; only then can administrators reset it. false for ' +
      'somebody who joined with an account of their own.',
  }),
  totp: Type.Boolean({
    description: 'Whether signing in requires a code in addition to the password. Given for managed accounts only.',
  }),
  sessions: Type.Array(
    Type.Object({
      id: Type.String(),
      created_at: Type.String({ format: 'date-time' }),
      last_seen_at: instantOrNull('When it was last used.'),
      address: Type.String(),
      user_agent: textOrNull('User agent of the browser.'),
    }),
    { description: 'Active sessions in this workspace.' },
  ),
});

export function viewMember(
  { id, name, email, username, role, active, visibility = 'all', joined = true, bounced = null }: Member,
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
    visibility,
    joined,
    department_ids: departments.map((department) => department.id),
    bounced,
  };
}
