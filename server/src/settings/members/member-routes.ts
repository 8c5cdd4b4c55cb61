import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { baseUrl } from '../../http/base-url.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, Refused } from '../../http/refused.ts';
import { changing, contextOf, memberIn, renewed } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import { bodyShape, oneOf, textOrNull } from '../../http/shapes.ts';
import { blankless } from '../../http/text.ts';
import type { WithMail } from '../../mail/queue-mail.ts';
import { mailInvitation } from '../../people/account-mail.ts';
import { isConflict } from '../../platform/database/database-errors.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { isAddressLike } from '../../platform/email.ts';
import { type Issue, invalid } from '../../platform/problem.ts';
import { hashPassword, passwordFault, SHORTEST_PASSWORD } from '../../workspaces/access/passwords.ts';
import { memberMay } from '../../workspaces/access/policies.ts';
import { endSessionsOfMember } from '../../workspaces/access/session-store.ts';
import { makeLink } from '../../workspaces/first-run.ts';
import {
  addMember,
  lockMember,
  type MemberRow,
  type NewMember,
  saveMember,
  setMemberDepartments,
} from '../../workspaces/members/member-store.ts';
import {
  type Member,
  type ReferenceData,
  type Role,
  roles,
  visibilityLevels,
} from '../../workspaces/reference-data.ts';
import { createdMember, memberView, viewMember } from './member-view.ts';

const { route, writeRoute } = routesAbout('Members');
const departmentIds = Type.Array(Type.String(), {
  maxItems: 100,
  description: 'Departments whose new leads are shared out to the member in turn.',
});
const role = oneOf(roles, 'Role of the member. Only owners can create or change owners.');
const visibility = oneOf(visibilityLevels, "Whose leads the member sees: their own, their departments', or all.");

const memberCreate = bodyShape(
  'MemberCreate',
  'A new member, or an invitation. An account that the person has in another workspace stays separate, unless they accept the invitation with it.',
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    email: Type.String({ minLength: 1, maxLength: 254 }),
    username: Type.Optional(textOrNull('Username for signing in. Defaults to the email address.', { maxLength: 254 })),
    role: Type.Optional(role),
    visibility: Type.Optional(visibility),
    password: Type.Optional(
      Type.String({
        maxLength: 1024,
        description: `At least ${SHORTEST_PASSWORD} characters. If omitted, the response contains an invitation link.`,
      }),
    ),
    department_ids: Type.Optional(departmentIds),
  },
);
const memberPatch = bodyShape('MemberPatch', 'Fields that are omitted stay unchanged.', {
  role: Type.Optional(role),
  visibility: Type.Optional(visibility),
  active: Type.Optional(Type.Boolean({ description: 'false deactivates the member at once and ends all sessions.' })),
  department_ids: Type.Optional(departmentIds),
});

/** `/v1/members`: list, read, create, update. */
export function memberRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.get(
    '/members',
    route('read settings', 'List members', { 200: listOf(memberView.ref, 'All members.') }),
    async (request) => {
      const { referenceData } = contextOf(request);
      return wholeList(referenceData.all('member').map((member) => viewMember(member, referenceData)));
    },
  );
  scope.get(
    '/members/:id',
    route('read settings', 'Get a member', { params: oneId, 200: memberView.ref }),
    async (request) => shown(idOrNotFound('member', request.params.id), contextOf(request).referenceData),
  );
  scope.post(
    '/members',
    writeRoute('administer', 'Create a member', { body: memberCreate.ref, 201: createdMember.ref, or: [409] }),
    async (request, reply) => reply.code(201).send(await add(request.body, request, api)),
  );
  scope.patch(
    '/members/:id',
    writeRoute('administer', 'Update a member', {
      params: oneId,
      body: memberPatch.ref,
      200: memberView.ref,
      or: [409],
    }),
    (request) => change(idOrNotFound('member', request.params.id), request.body, request, api),
  );
}

async function add(body: Static<typeof memberCreate.schema>, request: FastifyRequest, api: ApiContext & WithMail) {
  const { at } = contextOf(request);
  const { department_ids = [], visibility = 'all' } = body;
  const member = await readNew(body, request);
  const made = await changing(api, request, async (tx) => {
    const id = await addMember(tx, member);
    if (id === undefined) throw taken('This person is already a member.');
    await saveMember(tx, { id, role: member.role, active: true, visibility });
    await setMemberDepartments(tx, id, department_ids);
    const link = member.password_hash === null ? await makeLink(tx, id, at) : undefined;
    if (link) await mailInvitation(tx, api.mail, invitee({ ...member, id }, request), at);
    await auditRequest(tx, request, 'member_added', { member_id: id, role: member.role, visibility, invited: !!link });
    return { id, link };
  }).catch((error: unknown) => {
    throw isConflict(error) ? taken('This username is taken.') : error;
  });
  const invitation_url = made.link ? `${baseUrl(request, api)}/welcome/${made.link.secret}` : null;
  const mailed = made.link !== undefined && api.mail.smtp !== null;
  return { ...shown(made.id, await renewed(api, request)), invitation_url, mailed };
}

/** The recipient of an invitation by email, and the name of the inviter. */
export function invitee({ id, name, email }: Pick<Member, 'id' | 'name' | 'email'>, request: FastifyRequest) {
  const workspace = contextOf(request).referenceData.workspace.name;
  return { memberId: id, name, email, workspace, by: memberIn(request)?.name ?? null };
}

async function readNew(body: Static<typeof memberCreate.schema>, request: FastifyRequest): Promise<NewMember> {
  const { name, role: as = 'agent', password } = body;
  const email = body.email.trim();
  const issues: Issue[] = unknownDepartments(body.department_ids ?? [], contextOf(request).referenceData);
  if (name.trim() === '') issues.push({ at: 'name', code: 'required' });
  if (!isAddressLike(email)) issues.push({ at: 'email', code: 'bad_email' });
  const fault = password === undefined ? undefined : passwordFault(password, 'password');
  if (fault) issues.push(fault);
  if (issues.length > 0) throw new Refused(invalid(...issues));
  requireOwnerFor(request, as);
  const password_hash = password === undefined ? null : await hashPassword(password);
  return { name: name.trim(), email, username: (blankless(body.username) ?? email).trim(), role: as, password_hash };
}

async function change(id: string, body: Static<typeof memberPatch.schema>, request: FastifyRequest, api: ApiContext) {
  const { department_ids, ...values } = body;
  const issues = unknownDepartments(department_ids ?? [], contextOf(request).referenceData);
  if (issues.length > 0) throw new Refused(invalid(...issues));
  await changing(api, request, async (tx) => {
    const { member, owners } = await lockMember(tx, id);
    if (!member) throw notFound();
    if (Object.keys(values).length > 0) requireOwnerFor(request, member.role, values.role);
    const changed: MemberRow = { ...member, ...values };
    await saveChecked(tx, changed, owners);
    if (!changed.active) await endSessionsOfMember(tx, id);
    if (department_ids) await setMemberDepartments(tx, id, department_ids);
    await auditRequest(tx, request, 'member_changed', { member_id: id, ...body });
  });
  return shown(id, await renewed(api, request));
}

/** Only owners may create or change owners. A token counts as an admin. */
export function requireOwnerFor(request: FastifyRequest, ...involved: (Role | undefined)[]): void {
  if (involved.includes('owner') && !memberMay(memberIn(request)?.role ?? 'admin', 'change owners'))
    throw new Refused({ kind: 'forbidden', detail: 'Only owners can create or change owners.' });
}

/** Saves a member, unless no owner would be left: a workspace without one could not be repaired from within. */
async function saveChecked(tx: Tx, member: MemberRow, owners: readonly MemberRow[]): Promise<void> {
  const isOwner = member.role === 'owner' && member.active && member.user_id !== null;
  if (!isOwner && owners.every((owner) => owner.id === member.id) && owners.length > 0) throw lastOwner();
  await saveMember(tx, member);
}

export function lastOwner(): Refused {
  return new Refused({
    kind: 'own_conflict',
    code: 'last_owner',
    detail: 'A workspace needs an active owner, and this is the last one.',
  });
}

function unknownDepartments(ids: readonly string[], referenceData: ReferenceData): Issue[] {
  return ids.some((id) => !referenceData.get('department', id))
    ? [{ at: 'department_ids', code: 'unknown_reference' }]
    : [];
}

function taken(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'name_taken', detail });
}

function shown(id: string, referenceData: ReferenceData) {
  const member: Member | undefined = referenceData.get('member', id);
  if (!member) throw notFound();
  return viewMember(member, referenceData);
}
