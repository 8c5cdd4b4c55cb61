import type { ReactNode } from 'react';
import { useFieldLabel } from '../../app/lead-fields.ts';
import type { FieldDef } from '../form/item-fields.tsx';
import { useItems } from '../reference/get-reference-items.ts';
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
    label: 'Called from',
    kind: 'time',
    about: 'In the lead’s own time zone. Leave empty for the usual legal hours of the country.',
  },
  {
    key: 'call_until',
    label: 'Called until',
    kind: 'time',
    about: 'Use the same time as “Called from” to allow calls at any time.',
  },
];

/** The settings page for lead types: required fields, script, calling hours. */
export function LeadTypesPage(): ReactNode {
  const statuses = useItems({ path: '/v1/statuses', word: 'status' });
  const label = useFieldLabel();
  const categories = useItems({ path: '/v1/reference/category', word: 'category' });
  return (
    <ReferencePage
      title="Lead types"
      intro="Fields a lead of each type needs before it can be saved, and how it is called. Requests through a vendor’s API follow that vendor’s rules. A lead that is closed as lost or cancelled only needs what a rule requires for those states."
      kind={{ path: '/v1/lead-types', word: 'lead type' }}
      isOrdered
      countsUses
      blank={{ rules: [], call_priority: 0 }}
      facts={({ rules, script }) => (
        <>
          {(rules as Rule[]).length > 0 && (
            <span>asks for {(rules as Rule[]).map((rule) => ruleWords(rule, label)).join(', ')}</span>
          )}
          {typeof script === 'string' && <span>script</span>}
        </>
      )}
      fields={[
        { key: 'name', label: 'Name', kind: 'text' },
        { key: 'call_priority', label: 'Call priority', kind: 'number', about: 'Higher is called first, -100 to 100.' },
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
          label: 'Write to new leads by email',
          kind: 'switch',
          about: 'CRM.COM clients must then give an email address.',
        },
        { key: 'email_subject', label: 'Subject of that email', kind: 'text', wide: true, when: writes },
        {
          key: 'email_text',
          label: 'Text of that email',
          kind: 'long',
          wide: true,
          when: writes,
          about:
            'Nothing is sent without a text. {{first_name|there}} is replaced by the lead’s first name, or by “there”. Other fields: name, last_name, company_name, email, phone, city, number, workspace.',
          below: (text) => (typeof text === 'string' ? <MessagePreview text={text} /> : null),
        },
        { key: 'phone_on_create', label: 'Require a phone from CRM.COM clients', kind: 'switch' },
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
          about: 'Start each step with “## ” and its name; {{first_name}} is replaced by the lead’s first name.',
          below: (script) => (typeof script === 'string' ? <ScriptPreview script={script} /> : null),
        },
        { key: 'description', label: 'Description', kind: 'text', wide: true },
      ]}
    />
  );
}
