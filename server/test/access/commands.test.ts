import { beforeAll, describe, expect, test } from 'vitest';
import { commandPolicies } from '../../src/intake/allow.ts';
import type { Command } from '../../src/intake/command.ts';
import { fromTypeId } from '../../src/platform/ids.ts';
import type { Caller } from '../../src/workspaces/access/caller.ts';
import { rightsOf } from '../../src/workspaces/access/identify.ts';
import { createLead, testIntake } from '../test-intake.ts';
import { client, testWorld } from '../world.ts';
import { allows, commandLines, type Role, roles, scopes, type Who } from './table.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const { ask, close } = testIntake(world.database, world.connections.app, world.workspaceId);
const members = new Map<Role, string>();
let lead = { id: '', number: 0, phone: '' };
let made = 0;

/** Creates another lead without an owner, with a call and a phone number of its own. */
async function newLead(more: object) {
  made += 1;
  const phone = `0770090${String(made).padStart(4, '0')}`;
  lead = (await owner('POST', '/leads', { phone, call: {}, ...more })).body;
  return lead;
}

beforeAll(async () => {
  for (const role of roles) members.set(role, await world.member({ role }));
  return close;
});

/** A command of each kind, about the current lead; a kind without a sample is a compile error. */
async function samples(): Promise<{ readonly [K in Command['kind']]: Extract<Command, { kind: K }> }> {
  const by = { by: 'number', number: lead.number } as const;
  const { referenceData } = world.parts.intake;
  const data = await referenceData(world.workspaceId);
  const phone = { sent: lead.phone };
  return {
    createLead: createLead({ values: { name: 'New' } }),
    updateLead: { kind: 'updateLead', lead: by, draft: { values: { description: 'Changed' } }, origin: {} },
    deleteLead: { kind: 'deleteLead', lead: by },
    showLead: { kind: 'showLead', lead: by },
    listLeads: { kind: 'listLeads', filter: {}, limit: 10, offset: 0 },
    addNote: { kind: 'addNote', lead: by, text: 'Note' },
    addTask: { kind: 'addTask', lead: by, name: 'Task', category: 'normal' },
    addDeal: { kind: 'addDeal', lead: by, stage: { make: 'Open' } },
    changeStatus: { kind: 'changeStatus', lead: by, status: { make: 'Qualified' } },
    reopenLead: { kind: 'reopenLead', lead: by },
    assignDepartment: {
      kind: 'assignDepartment',
      sourceNumber: phone,
      department_id: data.all('department')[0]?.id ?? '',
    },
    cancelCall: { kind: 'cancelCall', phone, type_id: data.all('type')[0]?.id ?? '' },
    listReferences: { kind: 'listReferences', of: 'status' },
    signIn: { kind: 'signIn', organisation: 'default', username: 'x', password: 'x' },
    signInByKey: { kind: 'signInByKey' },
    signOut: { kind: 'signOut' },
  };
}

async function callerOf(who: Who & object, visibility?: 'own'): Promise<Partial<Caller>> {
  if ('scopes' in who) return { rights: { scopes: who.scopes }, visibility: undefined };
  const id = visibility ? await world.member({ role: who.role, visibility }) : (members.get(who.role) ?? '');
  return { member_id: id, policy: 'create', ...rightsOf(id, await world.parts.referenceCache.get(world.workspaceId)) };
}

const everybody: [string, Who & object][] = [
  ...roles.map((role): [string, Who & object] => [role, { role }]),
  ['a token that may everything', { scopes: [] }],
  ...scopes.map((scope): [string, Who & object] => [`a token with the scope ${scope}`, { scopes: [scope] }]),
];
/** Signing in is left out, because it happens before the caller is known. */
const performed = commandLines.filter(({ name }) => name !== 'signIn');

test('the table has a line for every command, and a command for every line', () => {
  expect(commandLines.map(({ name }) => name).sort()).toEqual(Object.keys(commandPolicies).sort());
});

describe.each(performed)('$name', (line) => {
  test.each(everybody)('as %s', async (_, who) => {
    await newLead({ name: 'Sample' });
    const command = (await samples())[line.name as Command['kind']];
    const answer = await ask(command, await callerOf(who));
    expect(answer.kind === 'forbidden' ? 'refused' : 'performed').toBe(allows(line, who) ? 'performed' : 'refused');
  });

  test.runIf(line.seen)('does not reach a hidden lead', async () => {
    const { id } = await newLead({ name: 'Hidden', description: 'Before' });
    const look = async () => [
      (await owner('GET', `/leads/${id}`)).text,
      (await owner('GET', `/leads/${id}/timeline`)).text,
    ];
    const before = await look();
    const command = (await samples())[line.name as Command['kind']];
    const answer = await ask(aboutContact(command, id), await callerOf({ role: 'manager' }, 'own'));
    expect(JSON.stringify(answer)).not.toMatch(/Hidden|Before/);
    expect(answer).toMatchObject(unseen[line.name] ?? { kind: 'not_found', what: 'lead' });
    expect(await look()).toEqual(before);
  });
});

/** Answers about a lead that the caller may not see, for commands that do not answer `not_found` with `lead`. */
const unseen: Readonly<Record<string, object>> = {
  createLead: { kind: 'invalid', issues: [{ at: 'contact', code: 'unknown_reference' }] },
  listLeads: { kind: 'leads', leads: [], total: 0 },
  assignDepartment: { kind: 'forbidden' },
};

/** Makes a new lead refer to the contact of another lead. */
function aboutContact(command: Command, id: string): Command {
  return command.kind === 'createLead'
    ? { ...command, contact: { ref: { by: 'id', id: fromTypeId('lead', id) ?? '' }, at: 'contact' } }
    : command;
}

test('a replay that a member starts matches no lead that they may not see', async () => {
  const phone = '07700900777';
  await owner('POST', '/leads', { name: 'Hidden', phone });
  const who = { ...(await callerOf({ role: 'manager' }, 'own')), policy: 'merge' as const };
  const answer = await ask(createLead({ values: { name: 'Another' }, phone: { sent: phone } }), who);
  expect(answer.did).toBe('created');
  const refusing = await ask(createLead({ values: { name: 'Third' }, phone: { sent: phone } }), {
    ...who,
    policy: 'refuse',
  });
  expect(refusing.did).toBe('created');
});

test('a lead cannot be given the contact of a lead that the member may not see', async () => {
  const memberId = await world.member({ role: 'agent', visibility: 'own' });
  const { number } = await newLead({ name: 'Mine', owner: memberId });
  const hidden = await newLead({ name: 'Hidden' });
  const give = async (contact_id: string) =>
    ask(
      { kind: 'updateLead', lead: { by: 'number', number }, draft: { values: {}, contact_id }, origin: {} },
      {
        member_id: memberId,
        ...rightsOf(memberId, await world.parts.referenceCache.get(world.workspaceId)),
      },
    );
  const unknown = { kind: 'invalid', issues: [{ code: 'unknown_reference' }] };
  expect(await give(fromTypeId('lead', hidden.id) ?? '')).toMatchObject(unknown);
  await owner('PATCH', `/leads/${hidden.id}`, { owner: memberId });
  expect(await give(fromTypeId('lead', hidden.id) ?? '')).toMatchObject({ did: 'updated' });
});
