import { announce } from '../../events/event-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { claimKeys, releaseKeys } from '../../leads/lead-keys-store.ts';
import { lackingAfter } from '../../leads/lead-rules.ts';
import { countLeads, getLead, queueForIndex, removeLead } from '../../leads/lead-store.ts';
import { listLeadsByOffset } from '../../leads/list/lead-list-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { type Issue, invalid, isProblem, type Problem } from '../../platform/problem.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { applyTo, type Change } from '../apply.ts';
import type { UpdateLead } from '../command.ts';
import { prepare } from '../prepare.ts';
import { storeChange } from './change-lead.ts';
import { findLead } from './find-lead.ts';
import { leadNotFound, type Performer } from './performer.ts';

export const showLead: Performer<'showLead'> = async (tx, { lead: ref }, { caller }) => {
  const lead = await findLead(tx, ref, caller.region);
  return lead ? { result: { kind: 'lead', did: 'shown', lead }, lead_id: lead.id } : leadNotFound;
};

export const listLeads: Performer<'listLeads'> = async (tx, { filter, limit, offset }) => {
  const unfiltered = Object.keys(filter).length === 0;
  const { leads, total } = await listLeadsByOffset(tx, filter, limit, offset, unfiltered ? countLeads : undefined);
  return { result: { kind: 'leads', leads, total, limit, offset }, lead_id: null };
};

export const updateLead: Performer<'updateLead'> = async (tx, command, context) => {
  const { caller, referenceData } = context;
  const prepared = prepare(command, { caller: { ...caller, may_extend: false }, referenceData });
  if (isProblem(prepared)) return prepared;
  const lead = await findLead(tx, command.lead, caller.region, true);
  if (!lead) return leadNotFound;
  if (command.version !== undefined && command.version !== lead.version)
    return { kind: 'conflict', code: 'changed_since' };
  const before = structuredClone(lead);
  const state = referenceData.get('status', lead.status_id)?.state;
  if (command.fieldRules?.includes('unclosed_lead') && (state === 'won' || state === 'lost'))
    return { kind: 'conflict', code: 'lead_closed' };
  const changes = applyTo(
    lead,
    {
      facts: prepared.facts,
      references: prepared.references,
      custom: prepared.custom,
      dialect: caller.dialect,
      dialect_fields: command.draft.dialect_fields,
      origin: command.origin,
    },
    'set',
  );
  const lacking = lackingOf(command, before, lead, referenceData);
  if (lacking.length > 0) return invalid(...lacking);
  // A lead that is not lost has no reason for being lost.
  if (referenceData.get('status', lead.status_id)?.state !== 'lost' && lead.lost_reason_id !== null) {
    changes.push({ field: 'lost_reason_id', from: lead.lost_reason_id, to: null });
    lead.lost_reason_id = null;
  }
  const unknown = await applyContact(tx, lead, command, changes);
  if (unknown) return unknown;
  await claimKeys(tx, lead.id, prepared.facts.contactKeys);
  await storeChange(tx, before, lead, changes, {}, context);
  return { result: { kind: 'lead', did: 'updated', lead }, lead_id: lead.id };
};

/** What is demanded of the lead as it would be from now on. */
function lackingOf(
  { fieldRules = [], origin }: UpdateLead,
  before: Lead,
  lead: Lead,
  referenceData: ReferenceData,
): Issue[] {
  const issues = fieldRules.includes('rules_of_type') ? lackingAfter(before, lead, referenceData) : [];
  if (!fieldRules.includes('reason_when_lost') || !lacksReason(before, lead, referenceData)) return issues;
  return [{ at: origin.lost_reason_id ?? 'lost_reason', code: 'required' }, ...issues];
}

/** A lead that becomes lost says why; one that was lost already need not say it again. */
function lacksReason(before: Lead, lead: Lead, referenceData: ReferenceData): boolean {
  const isLost = ({ status_id }: Lead) => referenceData.get('status', status_id)?.state === 'lost';
  return isLost(lead) && !isLost(before) && lead.lost_reason_id === null;
}

/** An update may say whom the lead is about; it must be somebody known. */
async function applyContact(
  tx: Tx,
  lead: Lead,
  { draft, origin }: UpdateLead,
  changes: Change[],
): Promise<Problem | undefined> {
  const wanted = draft.contact_id;
  if (!wanted || wanted === (lead.contact_id ?? lead.id)) return undefined;
  if (!(await getLead(tx, wanted))) return invalid({ at: origin.name ?? 'contact', code: 'unknown_reference' });
  changes.push({ field: 'contact_id', from: lead.contact_id, to: wanted });
  lead.contact_id = wanted;
  return undefined;
}

export const deleteLead: Performer<'deleteLead'> = async (tx, { lead: ref }, { caller, now }) => {
  const lead = await findLead(tx, ref, caller.region, true);
  if (!lead) return leadNotFound;
  await releaseKeys(tx, lead.id);
  await removeLead(tx, lead.id);
  await announce(tx, {
    type: 'lead.deleted',
    lead_id: lead.id,
    lead_version: lead.version + 1,
    payload: {},
    at: now,
  });
  await queueForIndex(tx, [lead.id], -1);
  return { result: { kind: 'deleted', lead }, lead_id: lead.id };
};

export const changeStatus: Performer<'changeStatus'> = async (tx, { lead: ref, status }, context) => {
  const { caller, referenceData } = context;
  const lead = await findLead(tx, ref, caller.region, true);
  if (!lead) return leadNotFound;
  const before = structuredClone(lead);
  const known =
    'id' in status
      ? referenceData.get('status', status.id)
      : referenceData.find('status', { by: 'name', value: status.make });
  if (known && known.id !== lead.status_id) {
    const changes = [{ field: 'status_id', from: lead.status_id, to: known.id }];
    lead.status_id = known.id;
    if (known.state !== 'lost') lead.lost_reason_id = null;
    await storeChange(tx, before, lead, changes, {}, context);
  }
  return { result: { kind: 'status_changed', lead }, lead_id: lead.id };
};
