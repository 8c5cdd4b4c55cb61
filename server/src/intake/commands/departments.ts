import { plainDigits } from '../../leads/lead-keys.ts';
import { saveLeadChange } from '../../leads/save-lead-change.ts';
import { announceChange } from '../../workspaces/change-store.ts';
import { addSourceNumberRule } from '../../workspaces/reference/source-number-store.ts';
import { membersInTurn } from '../../workspaces/reference-data.ts';
import { takeTurns } from '../intake-store.ts';
import { reasons } from '../reasons.ts';
import { findLead } from './find-lead.ts';
import { changedBy, type Performer } from './performer.ts';

/**
 * Assigns a phone number to a department: leads from it are routed there from now on, and an existing lead goes to the
 * department's next member.
 */
export const assignDepartment: Performer<'assignDepartment'> = async (tx, command, context) => {
  const { caller, referenceData } = context;
  const department = referenceData.get('department', command.department_id);
  if (!department) return { kind: 'not_found', what: 'record' };
  await addSourceNumberRule(tx, plainDigits(command.sourceNumber, caller.region), department.id);
  await announceChange(tx);
  const lead = await findLead(tx, { by: 'contact', phone: command.sourceNumber }, context, true);
  if (!lead) return { result: { kind: 'department_assigned', lead_id: null }, lead_id: null };
  const before = structuredClone(lead);
  const members = membersInTurn(referenceData, department);
  const owner = members[(await takeTurns(tx, department.id, members.length > 0 ? 1 : 0)) % Math.max(members.length, 1)];
  lead.department_id = department.id;
  lead.owner_id = owner ?? lead.owner_id;
  const changes = (['department_id', 'owner_id'] as const)
    .filter((field) => before[field] !== lead[field])
    .map((field) => ({ field, from: before[field], to: lead[field] }));
  const reason = owner ? reasons.ownerByTurn(department.name) : reasons.noMembers(department.name);
  const why = `${reasons.sourceNumber(department.name)} ${reason}`;
  await saveLeadChange(tx, { before, lead, changes, ...changedBy(context, why) });
  return { result: { kind: 'department_assigned', lead_id: lead.id }, lead_id: lead.id };
};
