import { resetTwoStep } from '../people/reset-two-step.ts';
import { isConflict } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isMailable } from '../platform/email.ts';
import { typeId } from '../platform/ids.ts';
import { operatorError } from '../platform/operator-error.ts';
import { getAccount } from '../workspaces/access/account-store.ts';
import { hashPassword, SHORTEST_PASSWORD } from '../workspaces/access/passwords.ts';
import { addMember, type NewMember } from '../workspaces/members/member-store.ts';
import { loadReferenceData } from '../workspaces/reference-cache-store.ts';
import { type Member, roles } from '../workspaces/reference-data.ts';
import { type Call, type Command, choiceOption, flag, optionalText, requiredText, usageError } from './command.ts';
import { columns } from './output.ts';
import { changeWorkspace, readWorkspace, recordByCli } from './with-store.ts';

export const memberCreate: Command = {
  usage: 'member create --email E --role R (--password P | --password-stdin) [--name N] [--username U] [--workspace W]',
  about: 'Add a member to a workspace, with an account that only this workspace uses.',
  async run(call) {
    const role = choiceOption(call, 'role', roles);
    if (!role) throw usageError('--role is missing.');
    const email = requiredText(call, 'email');
    if (!isMailable(email)) throw usageError(`--email must be an email address, not "${email}".`);
    const username = optionalText(call, 'username') ?? email;
    const password_hash = await hashPassword(await readPassword(call));
    const member = { email, username, name: optionalText(call, 'name') ?? email, role, password_hash };
    const { id, workspace } = await add(call, member);
    const view = { id: typeId('member', id), email, username, name: member.name, role, workspace };
    call.screen.show(view, [`${email} is now ${role} of the workspace "${workspace}".`]);
  },
};

async function readPassword(call: Call): Promise<string> {
  const given = call.values['password'];
  if (flag(call, 'password-stdin') === (typeof given === 'string'))
    throw usageError('Either --password or --password-stdin is needed.');
  const password = typeof given === 'string' ? given : (await call.readInput()).replace(/\r?\n$/, '');
  if ([...password].length < SHORTEST_PASSWORD || password.length > 1024)
    throw operatorError(`The password must be ${SHORTEST_PASSWORD} to 1024 characters long.`);
  return password;
}

async function add(call: Call, member: NewMember): Promise<{ id: string; workspace: string }> {
  try {
    return await changeWorkspace(call, async (tx, workspace) => {
      const id = await addMember(tx, member);
      if (!id) throw operatorError(`${member.email} is already a member of this workspace.`);
      await recordByCli(tx, call, 'member_added', { member_id: id, role: member.role });
      return { id, workspace };
    });
  } catch (error) {
    throw isConflict(error)
      ? operatorError(`Another member of this workspace has the username "${member.username}".`, error)
      : error;
  }
}

export const memberList: Command = {
  usage: 'member list [--workspace W]',
  about: 'List the members of a workspace.',
  async run(call) {
    const referenceData = await readWorkspace(call, loadReferenceData);
    const members = (referenceData?.all('member') ?? []).map(({ id, name, email, username, role, active, joined }) => ({
      id: typeId('member', id),
      name,
      email,
      username,
      role,
      active,
      joined: joined === true,
    }));
    const rows = members.map((one) => [one.id, one.role, stateOf(one), one.email, one.name]);
    call.screen.show(members, columns(['ID', 'ROLE', 'STATE', 'E-MAIL', 'NAME'], rows));
  },
};

function stateOf({ active, joined }: { active: boolean; joined: boolean }): string {
  if (!active) return 'inactive';
  return joined ? 'active' : 'invited';
}

export const memberResetTwoStep: Command = {
  usage: 'member reset-2fa EMAIL-OR-USERNAME [--workspace W]',
  about:
    'Turn off two-step sign-in for a member who lost the app and the recovery codes. Ends all sessions of the account.',
  async run(call) {
    const [login = ''] = call.words;
    const { id, email } = await changeWorkspace(call, (tx, workspace) => reset(tx, login, workspace, call));
    const message = `${email} can now sign in with the password alone, and was signed out everywhere.`;
    call.screen.show({ id: typeId('member', id), email, two_step: false }, [message]);
  },
};

async function reset(tx: Tx, login: string, workspace: string, call: Call): Promise<Member> {
  const referenceData = await loadReferenceData(tx);
  const member =
    referenceData?.find('member', { by: 'email', value: login }) ??
    referenceData?.find('member', { by: 'username', value: login });
  if (!member) throw operatorError(`There is no member ${login} in the workspace "${workspace}".`);
  const account = await getAccount(tx, member.user_id);
  if (!account?.totp_confirmed_at) throw operatorError(`${member.email} does not use two-step sign-in.`);
  await resetTwoStep(tx, account.id);
  await recordByCli(tx, call, 'two_step_reset', { member_id: member.id });
  return member;
}
