import type { LeadRef } from '../dialect.ts';
import type { FieldRules, Fields } from '../field-rules.ts';
import { fromHexId, keyOf } from './identifiers.ts';
import { isBlank } from './lead-request.ts';

const at = 'lead_identifier';

/** Reads the reference to a lead, by `id` or `number`. A malformed reference is refused like one to an unknown lead. */
export function readLeadRef(fields: Fields, fieldRules: FieldRules): LeadRef | undefined {
  const sent = fields.get(at);
  if (isBlank(sent)) return fieldRules.fail(at, 'required');
  const given = keyOf(fieldRules, ['id', 'number'], at, sent);
  if (!given) return undefined;
  if (given.key === 'id') {
    const id = fromHexId(given.value);
    return id === undefined ? fieldRules.fail(at, 'unknown_reference') : { by: 'id', id };
  }
  const isNumber = /^\d{1,15}$/.test(given.value);
  return isNumber ? { by: 'number', number: Number(given.value) } : fieldRules.fail(at, 'unknown_reference');
}
