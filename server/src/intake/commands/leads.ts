import { announce } from '../../events/event-store.ts';
import type { FieldChange } from '../../leads/activity-kinds.ts';
import { putInBin } from '../../leads/bin/bin-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { leadDeleted } from '../../leads/lead-events.ts';
import { claimKeys, releaseKeys } from '../../leads/lead-keys-store.ts';
import { lackingForChange, moveToStatus } from '../../leads/lead-status.ts';
import { countLeads, queueForIndex, removeLead } from '../../leads/lead-store.ts';
import { MOST_TAGS } from '../../leads/lead-tags.ts';
import { listLeadsByOffset } from '../../leads/list/lead-list-store.ts';
import { saveLeadChange } from '../../leads/save-lead-change.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { invalid, isProblem, type Problem } from '../../platform/problem.ts';
import { noteWaitingLeads, waitingLeads } from '../../workspaces/reference/new-name-store.ts';
import { applyTo } from '../apply.ts';
import type { UpdateLead } from '../command.ts';
import { findItem } from '../make-names.ts';
import { prepare } from '../prepare.ts';
import { findLead } from './find-lead.ts';
import { type CommandContext, changedBy, leadNotFound, type Performer } from './performer.ts';

export const showLead: Performer<'showLead'> = async (tx, { lead: ref }, context) => {
  const lead = await findLead(tx, ref, context);
  return lead ? { result: { kind: 'lead', did: 'shown', lead }, lead_id: lead.id } : leadNotFound;
};

export const listLeads: Performer<'listLeads'> = async (tx, { filter, limit, offset }, { caller }) => {
  const { visibility } = caller;
  const isWhole = !visibility && Object.keys(filter).length === 0;
  const page = { limit, offset, visibility };
  const { leads, total } = await listLeadsByOffset(tx, filter, page, isWhole ? countLeads : undefined);
  return { result: { kind: 'leads', leads, total, limit, offset }, lead_id: null };
};

export const updateLead: Performer<'updateLead'> = async (tx, command, context) => {
  const { caller, referenceData } = context;
  const prepared = context.prepared ?? prepare(command, caller.region, referenceData);
  if (isProblem(prepared)) return prepared;
  const lead = await findLead(tx, command.lead, context, true);
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
      tags: command.draft.tags,
      custom: prepared.custom,
      dialect: caller.dialect,
      dialect_fields: command.draft.dialect_fields,
      wholeName: command.wholeName,
      origin: command.origin,
    },
    'set',
    referenceData,
  );
  if (command.draft.tags && (lead.tag_ids?.length ?? 0) > MOST_TAGS)
    return invalid({ at: 'tags', code: 'too_many', limits: { max: MOST_TAGS } });
  const lacking = command.fieldRules?.includes('own_rules') ? lackingForChange(before, lead, referenceData) : [];
  if (lacking.length > 0) return invalid(...lacking);
  const unknown = await applyContact(tx, lead, command, changes, context);
  if (unknown) return unknown;
  await claimKeys(tx, lead.id, prepared.facts.contactKeys);
  await saveLeadChange(tx, { before, lead, changes, ...changedBy(context) });
  const waiting = waitingLeads(lead, prepared.waiting);
  if (waiting.length > 0) await noteWaitingLeads(tx, waiting);
  return { result: { kind: 'lead', did: 'updated', lead }, lead_id: lead.id };
};

/** Applies the contact named in an update; it must exist and be visible to the caller. */
async function applyContact(
  tx: Tx,
  lead: Lead,
  { draft, origin }: UpdateLead,
  changes: FieldChange[],
  context: CommandContext,
): Promise<Problem | undefined> {
  const wanted = draft.contact_id;
  if (!wanted || wanted === (lead.contact_id ?? lead.id)) return undefined;
  if (!(await findLead(tx, { by: 'id', id: wanted }, context)))
    return invalid({ at: origin.name ?? 'contact', code: 'unknown_reference' });
  changes.push({ field: 'contact_id', from: lead.contact_id, to: wanted });
  lead.contact_id = wanted;
  return undefined;
}

export const deleteLead: Performer<'deleteLead'> = async (tx, { lead: ref }, context) => {
  const { actor, jobId, now } = context;
  const lead = await findLead(tx, ref, context, true);
  if (!lead) return leadNotFound;
  await putInBin(tx, lead.id, { actor, jobId, now });
  await releaseKeys(tx, lead.id);
  await removeLead(tx, lead.id);
  await announce(tx, leadDeleted(lead, now));
  await queueForIndex(tx, [lead.id], -1);
  return { result: { kind: 'deleted', lead }, lead_id: lead.id };
};

export const changeStatus: Performer<'changeStatus'> = async (tx, { lead: ref, status }, context) => {
  const { referenceData } = context;
  const lead = await findLead(tx, ref, context, true);
  if (!lead) return leadNotFound;
  const before = structuredClone(lead);
  const known =
    'id' in status ? referenceData.get('status', status.id) : findItem(referenceData, 'status', status.make);
  if (known && known.id !== lead.status_id) {
    const changes = moveToStatus(lead, { status_id: known.id }, referenceData);
    await saveLeadChange(tx, { before, lead, changes, ...changedBy(context) });
  }
  const waiting = 'make' in status && !known && referenceData.newNames.find('status', fold(status.make));
  if (waiting) await noteWaitingLeads(tx, waitingLeads(lead, { status: waiting.id }));
  return { result: { kind: 'status_changed', lead }, lead_id: lead.id };
};
