import Type, { type Static } from 'typebox';
import { bodyShape, dateOrNull, numberOrNull, textOrNull } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import { LARGEST_AMOUNT, LONGEST_TEXT } from '../leads/fields.ts';
import { type Issue, invalid, type Problem } from '../platform/problem.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

const parts = {
  name: Type.Optional(textOrNull('What is being sold.', { maxLength: LONGEST_TEXT })),
  amount: Type.Optional(
    numberOrNull("Amount in the workspace's currency.", { minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT }),
  ),
  start_date: Type.Optional(dateOrNull('Start date.')),
  end_date: Type.Optional(dateOrNull('Expected closing date.')),
  note: Type.Optional(textOrNull('A note.', { maxLength: LONGEST_TEXT })),
  owner: Type.Optional(textOrNull('Owning member, by name, username, email or id.', { maxLength: 1000 })),
};
const stage = (description: string) => ({ stage: Type.Optional(textOrNull(description, { maxLength: 1000 })) });

/** Body of POST /v1/leads/{id}/deals. */
export const dealCreate = bodyShape('DealCreate', 'A deal with a lead.', {
  ...parts,
  ...stage('Stage, by name or id. Defaults to the first stage.'),
});

/** Body of PATCH /v1/deals/{id}. */
export const dealPatch = bodyShape('DealPatch', 'Fields that are omitted stay unchanged; null clears a field.', {
  ...parts,
  ...stage('Stage, by name or id.'),
});

/** A deal as requested, with names resolved to ids. */
export interface NewDeal {
  name?: string;
  stage: { id: string };
  /** In the workspace's currency. */
  amount?: number;
  start_date?: string;
  end_date?: string;
  note?: string;
  /** A member's id. */
  owner_id?: string;
}

/** Reads the body of a request for a new deal. */
export function readDeal(body: Static<typeof dealCreate.schema>, referenceData: ReferenceData): NewDeal | Problem {
  const issues: Issue[] = [];
  const find = (at: 'stage' | 'owner', kind: 'deal_stage' | 'member') => {
    const value = blankless(body[at]);
    const found = value === undefined ? undefined : findNamed(referenceData, kind, value);
    if (value !== undefined && !found) issues.push({ at, code: 'unknown_reference' });
    return found;
  };
  const stage = find('stage', 'deal_stage') ?? referenceData.all('deal_stage')[0];
  const owner = find('owner', 'member');
  if (!stage) issues.push({ at: 'stage', code: 'required' });
  if (issues.length > 0 || !stage) return invalid(...issues);
  const deal: NewDeal = { stage: { id: stage.id } };
  const set = (name: 'name' | 'start_date' | 'end_date' | 'note') => {
    const text = blankless(body[name]);
    if (text !== undefined) deal[name] = text;
  };
  for (const field of ['name', 'start_date', 'end_date', 'note'] as const) set(field);
  if (typeof body.amount === 'number') deal.amount = Math.round(body.amount * 100) / 100;
  if (owner) deal.owner_id = owner.id;
  return deal;
}
