import Type, { type Static } from 'typebox';
import { oneOf, shape } from '../platform/http/shapes.ts';
import { type Book, type Member, roles } from './book.ts';

/** A member as `/v1` shows one. */
export const memberView = shape(
  'MemberView',
  Type.Object(
    {
      id: Type.String(),
      name: Type.String(),
      email: Type.String(),
      username: Type.String(),
      role: oneOf(roles, 'What the member may do.'),
      active: Type.Boolean({ description: 'false: can no longer sign in, and gets no leads.' }),
      department_ids: Type.Array(Type.String(), { description: 'Departments that the member takes turns in.' }),
    },
    { description: 'Someone who works here.' },
  ),
);

export function viewMember(
  { id, name, email, username, role, active }: Member,
  book: Book,
): Static<typeof memberView.schema> {
  const departments = book.all('department').filter((department) => department.member_ids.includes(id));
  return { id, name, email, username, role, active, department_ids: departments.map((department) => department.id) };
}
