import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies, writeReplies } from '../api/replies.ts';
import { blankless } from '../api/text.ts';
import { changing, visitorOf } from '../api/visitor.ts';
import { isConflict } from '../platform/database-errors.ts';
import { isAddressLike } from '../platform/email.ts';
import { listOf, wholeList } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { closed, oneOf, shape, textOrNull } from '../platform/http/shapes.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import type { Tx } from '../platform/transaction.ts';
import { type Book, type Member, roles } from './book.ts';
import { lockMember, type MemberRow, saveMember, setMemberDepartments } from './member-store.ts';
import { memberView, viewMember } from './member-view.ts';
import { hashPassword, SHORTEST_PASSWORD } from './passwords.ts';
import { addMember } from './workspace-store.ts';

const tags = ['Members'];
const departmentIds = Type.Array(Type.String(), { maxItems: 100, description: 'Departments to take turns in.' });
const role = oneOf(roles, 'What the member may do.');

const memberCreate = shape(
  'MemberCreate',
  closed(
    {
      name: Type.String({ minLength: 1, maxLength: 200 }),
      email: Type.String({ minLength: 1, maxLength: 254 }),
      username: Type.Optional(textOrNull('To sign in with. The e-mail if not said.', { maxLength: 254 })),
      role: Type.Optional(role),
      password: Type.Optional(
        Type.String({
          maxLength: 1024,
          description: `At least ${SHORTEST_PASSWORD} characters. Without one nobody can sign in.`,
        }),
      ),
      department_ids: Type.Optional(departmentIds),
    },
    'Someone who is to work here. A person known from another workspace keeps the name and password they have.',
  ),
);
const memberPatch = shape(
  'MemberPatch',
  closed(
    { role: Type.Optional(role), active: Type.Optional(Type.Boolean()), department_ids: Type.Optional(departmentIds) },
    'What is not named stays as it is.',
  ),
);

/** `/v1/members`. */
export function memberRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/members',
    {
      config: { policy: 'read settings' },
      schema: { summary: 'List members', tags, response: replies({ 200: listOf(memberView.ref, 'All members.') }) },
    },
    async (request) => {
      const { book } = visitorOf(request);
      return wholeList(book.all('member').map((member) => viewMember(member, book)));
    },
  );
  scope.get(
    '/members/:id',
    {
      config: { policy: 'read settings' },
      schema: { summary: 'Read a member', tags, params: oneId, response: replies({ 200: memberView.ref }, [404]) },
    },
    async (request) => shown(idOrNotFound('member', request.params.id), visitorOf(request).book),
  );
  scope.post(
    '/members',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Add a member',
        tags,
        body: memberCreate.ref,
        response: writeReplies({ 201: memberView.ref }, [409]),
      },
    },
    async (request, reply) => reply.code(201).send(await add(request.body, request, parts)),
  );
  scope.patch(
    '/members/:id',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Change a member',
        tags,
        params: oneId,
        body: memberPatch.ref,
        response: writeReplies({ 200: memberView.ref }, [404, 409]),
      },
    },
    (request) => change(idOrNotFound('member', request.params.id), request.body, request, parts),
  );
}

async function add(body: Static<typeof memberCreate.schema>, request: FastifyRequest, parts: ApiParts) {
  const { book } = visitorOf(request);
  const { name, email, role: as = 'agent', password, department_ids = [] } = body;
  const issues: Issue[] = unknownDepartments(department_ids, book);
  if (name.trim() === '') issues.push({ at: 'name', code: 'required' });
  if (!isAddressLike(email.trim())) issues.push({ at: 'email', code: 'bad_email' });
  if (password !== undefined && [...password].length < SHORTEST_PASSWORD)
    issues.push({ at: 'password', code: 'too_small', limits: { min: SHORTEST_PASSWORD } });
  if (issues.length > 0) throw new Refused(invalid(...issues));
  const password_hash = password === undefined ? null : await hashPassword(password);
  const username = blankless(body.username) ?? email;
  const member = { name, email: email.trim(), username: username.trim(), role: as, password_hash };
  const id = await changing(parts, request, async (tx) => {
    const made = await addMember(tx, member);
    if (made === undefined) throw taken('This person is a member already.');
    await setMemberDepartments(tx, made, department_ids);
    return made;
  }).catch((error: unknown) => {
    throw isConflict(error) ? taken('This username is taken.') : error;
  });
  return shown(id, await renew(request, parts));
}

async function change(id: string, body: Static<typeof memberPatch.schema>, request: FastifyRequest, parts: ApiParts) {
  const issues = unknownDepartments(body.department_ids ?? [], visitorOf(request).book);
  if (issues.length > 0) throw new Refused(invalid(...issues));
  await changing(parts, request, async (tx) => {
    const { member, owners } = await lockMember(tx, id);
    if (!member) throw notFound();
    const changed: MemberRow = { id, role: body.role ?? member.role, active: body.active ?? member.active };
    await saveChecked(tx, changed, owners);
    if (body.department_ids) await setMemberDepartments(tx, id, body.department_ids);
  });
  return shown(id, await renew(request, parts));
}

/** A workspace without an owner could not be mended from within. */
async function saveChecked(tx: Tx, member: MemberRow, owners: readonly MemberRow[]): Promise<void> {
  const isOwner = member.role === 'owner' && member.active;
  if (!isOwner && owners.every((owner) => owner.id === member.id) && owners.length > 0)
    throw new Refused({
      kind: 'own_conflict',
      code: 'last_owner',
      detail: 'A workspace needs an active owner, and this is the last one.',
    });
  await saveMember(tx, member);
}

function unknownDepartments(ids: readonly string[], book: Book): Issue[] {
  return ids.some((id) => !book.get('department', id)) ? [{ at: 'department_ids', code: 'unknown_reference' }] : [];
}

function taken(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'name_taken', detail });
}

async function renew(request: FastifyRequest, parts: ApiParts): Promise<Book> {
  const { workspace_id } = visitorOf(request).caller;
  await parts.changed(workspace_id);
  return parts.books.get(workspace_id);
}

function shown(id: string, book: Book) {
  const member: Member | undefined = book.get('member', id);
  if (!member) throw notFound();
  return viewMember(member, book);
}
