import type { ReactNode } from 'react';
import { useFieldLabel } from '../../app/lead-fields.ts';
import type { FieldDef } from '../form/item-fields.tsx';
import { descriptionField, nameField } from '../form/usual-fields.ts';
import { useItems } from '../reference/get-reference-items.ts';
import { kinds } from '../reference/kinds.ts';
import { optionsOf } from '../reference/options.ts';
import { ReferencePage } from '../reference/reference-page.tsx';
import { MessagePreview } from './message-preview.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { type Rule, ruleWords } from './rules.ts';
import { ScriptPreview } from './script-preview.tsx';

const writes = (values: Readonly<Record<string, unknown>>) => values['email_on_create'] === true;

const hours: readonly FieldDef[] = [
  {
    key: 'call_from',
    label: 'Call from',
    kind: 'time',
    about: 'In the lead’s time zone. Leave empty for the usual legal hours in the lead’s country.',
  },
  {
    key: 'call_until',
    label: 'Call until',
    kind: 'time',
    about: 'Use the same time as “Call from” to allow calls at any time.',
  },
];

/** The settings page for lead types: required fields, script, calling hours. */
export function LeadTypesPage(): ReactNode {
  const statuses = useItems(kinds.statuses);
  const label = useFieldLabel();
  const categories = useItems(kinds.categories);
  return (
    <ReferencePage
      kind={kinds.leadTypes}
      intro="Fields a lead of each type needs before it can be saved, and how it is called. Requests through a vendor’s API follow that vendor’s rules. A lead closed as lost or cancelled needs only the fields that a rule requires in those states."
      blank={{ rules: [], call_priority: 0 }}
      facts={({ rules, script }) => (
        <>
          {(rules as Rule[]).length > 0 && (
            <span>requires {(rules as Rule[]).map((rule) => ruleWords(rule, label)).join(', ')}</span>
          )}
          {typeof script === 'string' && <span>script</span>}
        </>
      )}
      fields={[
        nameField,
        {
          key: 'call_priority',
          label: 'Call priority',
          kind: 'number',
          about: 'From -100 to 100. Higher is called first.',
        },
        {
          key: 'rules',
          label: 'Required fields',
          kind: 'own',
          wide: true,
          render: (rules, onChange, problem) => (
            <RuleEditor rules={(rules as Rule[] | undefined) ?? []} problem={problem} onChange={onChange} />
          ),
        },
        {
          key: 'email_on_create',
          label: 'Email new leads',
          kind: 'switch',
          about: 'CRM.COM clients must then send an email address.',
        },
        { key: 'email_subject', label: 'Email subject', kind: 'text', wide: true, when: writes },
        {
          key: 'email_text',
          label: 'Email text',
          kind: 'long',
          wide: true,
          when: writes,
          about:
            'Nothing is sent if this is empty. {{first_name|there}} becomes the lead’s first name, or “there” if it is unknown. Other fields: name, last_name, company_name, email, phone, city, number, workspace.',
          below: (text) => (typeof text === 'string' ? <MessagePreview text={text} /> : null),
        },
        { key: 'phone_on_create', label: 'Require a phone number from CRM.COM clients', kind: 'switch' },
        {
          key: 'default_status_id',
          label: 'Default status',
          kind: 'choice',
          options: optionsOf(statuses.data),
          clearable: true,
        },
        {
          key: 'default_category_id',
          label: 'Default category',
          kind: 'choice',
          options: optionsOf(categories.data),
          clearable: true,
        },
        ...hours,
        {
          key: 'script',
          label: 'Script',
          kind: 'long',
          wide: true,
          about: 'Start each step with “## ” and its name. {{first_name}} becomes the lead’s first name.',
          below: (script) => (typeof script === 'string' ? <ScriptPreview script={script} /> : null),
        },
        descriptionField,
      ]}
    />
  );
}
