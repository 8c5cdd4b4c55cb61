import type { LeadField, LeadReference } from '../dialect.ts';
import { type IdentifierRule, identifierRules } from './identifiers.ts';

/** A plain field: its canonical field, the vendor's name first, then other spellings that clients may use. */
export interface FieldRow {
  field: LeadField;
  names: readonly string[];
  type: 'text' | 'number' | 'date' | 'choice';
  choices?: readonly string[];
  min?: number;
  max?: number;
  mandatory?: true;
}

/** An identifier for one of the lead's references. */
export interface ReferenceRow {
  reference: LeadReference;
  names: readonly string[];
  sort: IdentifierRule;
  mandatory?: true;
}

const importances = ['1', '2', '3', '4', '5'].map((number) => `IMPORTANCE${number}`);

/** CRM.COM's lead fields with a canonical counterpart, used to read values and to describe issues. */
export const fieldRows: readonly FieldRow[] = [
  { field: 'email', names: ['contact_email'], type: 'text' },
  { field: 'phone', names: ['contact_phone'], type: 'text' },
  { field: 'description', names: ['description'], type: 'text' },
  { field: 'probability', names: ['probability_to_win'], type: 'number', min: 0, max: 100 },
  {
    field: 'importance',
    names: ['importance'],
    type: 'choice',
    choices: [...importances, 'CUSTOM1', 'CUSTOM2', 'CUSTOM3'],
    mandatory: true,
  },
  { field: 'priority', names: ['priority'], type: 'choice', choices: ['1', '2', '3', '4', '5', '6'], mandatory: true },
  { field: 'target_amount', names: ['target_amount'], type: 'number' },
  { field: 'start_date', names: ['start_date'], type: 'date' },
  { field: 'expected_completion_date', names: ['expected_completion_date'], type: 'date' },
];

export const referenceRows: readonly ReferenceRow[] = [
  {
    reference: 'type_id',
    names: ['type_identifier', 'lead_type_identifier'],
    sort: identifierRules.type,
    mandatory: true,
  },
  { reference: 'status_id', names: ['status_identifier', 'lead_status_identifier'], sort: identifierRules.status },
  {
    reference: 'lost_reason_id',
    names: ['lost_reason_identifier', 'lead_lost_reason_identifier'],
    sort: identifierRules.lost_reason,
  },
  {
    reference: 'category_id',
    names: ['category_identifier', 'lead_category_identifier'],
    sort: identifierRules.category,
  },
  { reference: 'owner_id', names: ['lead_owner', 'lead_owner_identifier'], sort: identifierRules.user },
];

/** Identifiers that only this dialect stores, with the names to store and show them under. */
export const rememberedRows = [
  {
    name: 'owned_by_group',
    names: ['owned_by_group_identifier', 'owned_by_group'],
    sort: identifierRules.group,
    kind: 'group',
  },
  {
    name: 'privacy_level',
    names: ['privacy_level_identifier', 'privacy_level'],
    sort: identifierRules.privacy_level,
    kind: 'privacy_level',
  },
] as const;

const numbered = (stem: string, count: number) => Array.from({ length: count }, (_, at) => `${stem}_${at + 1}`);

/** User-defined fields by type. */
export const udfs = {
  text: numbered('udf_string', 8),
  number: numbered('udf_float', 4),
  date: numbered('udf_date', 4),
};

/** Objects whose names the vendor's page does not give: the name we show, then others that we accept. */
export const objectNames = {
  contact: ['contact_information', 'contact_information_identifier', 'contact_information_object', 'contact'],
  source: ['source', 'lead_source', 'source_info', 'source_information'],
  account: ['accounts_receivable_identifier', 'accounts_receivable'],
  assigned_to: ['assigned_to', 'assign_to'],
  period: ['estimated_completion_time'],
  package: ['subscription_package', 'lead_subscription_package', 'subscription_package_identifier'],
} as const;

export function fieldRow(field: LeadField): FieldRow {
  const row = fieldRows.find((one) => one.field === field);
  if (!row) throw new Error(`CRM.COM has no field for ${field}.`);
  return row;
}

export function referenceRow(reference: LeadReference): ReferenceRow {
  const row = referenceRows.find((one) => one.reference === reference);
  if (!row) throw new Error(`CRM.COM has no identifier for ${reference}.`);
  return row;
}
