import { useQueryClient } from '@tanstack/react-query';
import type { Problem } from '../../../api/problem.ts';
import { useFieldLabel } from '../../../app/lead-fields.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import type { Lead } from '../../api/get-lead.ts';
import { updateLead } from '../../api/update-lead.ts';
import { nameOf } from '../../lead-name.ts';

/** A text field of a lead that can be edited in its cell. */
export type TextField = 'name' | 'company_name';
/**
 * Saves a text field of a lead; `seen` is the lead as the user saw it, blank text clears the field. Returns the problem
 * if the text could not be saved.
 */
export type SetText = (seen: Lead, field: TextField, typed: string) => Promise<Problem | undefined>;

/** Saves a text typed in a cell and offers to undo it. */
export function useTextChange(): SetText {
  const client = useQueryClient();
  const label = useFieldLabel();
  const save = async (seen: Lead, field: TextField, value: string | null, hint = '') => {
    const change = { [field]: value };
    const outcome = await updateLead(client, { seen, patch: change, shown: change });
    if (outcome.kind === 'refused')
      toast.error(outcome.problem, `Could not change “${label(field)}” of ${nameOf(seen)}${hint}.`);
    return outcome;
  };
  return async (seen, field, typed) => {
    const value = typed.trim() === '' ? null : typed.trim();
    if (value === seen[field]) return undefined;
    const outcome = await save(seen, field, value, '; your text is still in its cell');
    if (outcome.kind === 'refused') return outcome.problem;
    if (outcome.kind === 'theirs') return undefined;
    const said = value === null ? `${label(field)} cleared` : `${label(field)} set to ${value}`;
    toast.undo(said, () => void save(outcome.lead, field, seen[field]));
    return undefined;
  };
}
