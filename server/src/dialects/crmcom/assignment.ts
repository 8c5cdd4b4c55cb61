import { type Fields, objectFields } from '../field-rules.ts';
import { findItem, identifierRules, identify, oneKey } from './identifiers.ts';
import { type LeadRequest, readField } from './lead-request.ts';
import { nestedId, resolveNested, showItem, showNested } from './nested-values.ts';
import type { ViewContext } from './view-context.ts';
import { objectNames } from './wire.ts';

/**
 * Reads `assigned_to`: a user, a unit, or both. The vendor documents no fields for it, so a user identifier is
 * accepted in place of the object. A unit that matches no department is stored and mentioned on the timeline, rather
 * than refused.
 */
export function readAssignment(request: LeadRequest): void {
  const { fieldRules, context, memory } = request;
  const { at, value } = readField(request, objectNames.assigned_to);
  if (value === undefined) return;
  if (value === null) {
    memory.set('assigned_to', null).set('assigned_owner', null);
    return;
  }
  const bare = oneKey(value);
  const sent = bare ? undefined : objectFields(value);
  if (!bare && !sent) {
    fieldRules.fail(at, 'not_object');
    return;
  }
  const user =
    bare && identify(fieldRules, context.referenceData, identifierRules.user, at, { [bare.key]: bare.value });
  const resolved = sent
    ? resolveNested({ fieldRules, referenceData: context.referenceData }, at, value)
    : user && asUser(user.id);
  if (resolved) assign(request, at, objectFields(resolved) ?? new Map());
}

function asUser(id: string): unknown {
  return { user_identifier: { id } };
}

function assign(request: LeadRequest, at: string, resolved: Fields): void {
  const { references, origin, memory, warnings, context } = request;
  const user = [...resolved.keys()].map((name) => userOf(resolved, name)).find((id) => id !== undefined);
  const owns = user !== undefined && references.owner_id === undefined;
  if (owns) {
    references.owner_id = user;
    origin.owner_id = at;
  }
  memory.set('assigned_to', Object.fromEntries(resolved)).set('assigned_owner', owns ? user : null);
  const unitName = [...resolved.keys()].find((name) => name.endsWith('unit_identifier'));
  const unit = unitName === undefined ? undefined : oneKey(resolved.get(unitName));
  if (!unit) return;
  const department = findItem(context.referenceData, identifierRules.unit, unit);
  if (department) {
    references.department_id = department.id;
    origin.department_id = at;
  } else warnings.push({ code: 'unknown_department', at: `${at}.${unitName}`, value: unit.value.slice(0, 200) });
}

function userOf(resolved: Fields, name: string): string | undefined {
  return name.endsWith('user_identifier') ? nestedId(resolved, name) : undefined;
}

/** The value as it was sent, unless it named an owner and the lead now has a different one. */
export function shownAssignment({ lead, memory, referenceData }: ViewContext): unknown {
  const sent = memory.get('assigned_to');
  const owner = memory.get('assigned_owner');
  if (sent !== undefined && (owner === undefined || owner === lead.owner_id)) return showNested(referenceData, sent);
  if (lead.owner_id === null && lead.department_id === null) return null;
  return {
    user: showItem(referenceData.get('member', lead.owner_id)),
    unit: showItem(referenceData.get('department', lead.department_id)),
  };
}
