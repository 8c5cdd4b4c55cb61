import type { ReactNode } from 'react';
import { useFieldLabel } from '../../app/lead-fields.ts';
import { useItems } from '../reference/get-reference-items.ts';
import { optionsOf } from '../reference/options.ts';
import { ShelfPage } from '../reference/reference-page.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { type Rule, ruleWords } from './rules.ts';
import { ScriptPreview } from './script-preview.tsx';

/** The settings page of lead types: required fields, script, calling hours. */
export function LeadTypesPage(): ReactNode {
  const statuses = useItems({ path: '/v1/statuses', word: 'status' });
  const label = useFieldLabel();
  const categories = useItems({ path: '/v1/reference/category', word: 'category' });
  return (
    <ShelfPage
      title="Lead types"
      intro="What a lead of each type must have when it is made here, or changes its type or status, and how it is called. Requests in a vendor’s dialect keep that vendor’s rules. Who gives a lead up as lost or cancelled is asked only for what a rule asks of those."
      shelf={{ path: '/v1/lead-types', word: 'lead type' }}
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
          label: 'A lead of this type must have',
          kind: 'own',
          wide: true,
          render: (rules, onChange, problem) => (
            <RuleEditor rules={(rules as Rule[] | undefined) ?? []} problem={problem} onChange={onChange} />
          ),
        },
        { key: 'email_on_create', label: 'Asks CRM.COM’s senders for an e-mail', kind: 'switch' },
        { key: 'phone_on_create', label: 'Asks CRM.COM’s senders for a phone', kind: 'switch' },
        {
          key: 'default_status_id',
          label: 'Status if none is said',
          kind: 'choice',
          options: optionsOf(statuses.data),
          clearable: true,
        },
        {
          key: 'default_category_id',
          label: 'Category if none is said',
          kind: 'choice',
          options: optionsOf(categories.data),
          clearable: true,
        },
        { key: 'call_from', label: 'Called from', kind: 'time', about: 'In the lead’s own time zone.' },
        { key: 'call_until', label: 'Called until', kind: 'time', about: 'In the lead’s own time zone.' },
        {
          key: 'script',
          label: 'Script',
          kind: 'long',
          wide: true,
          about: 'Begin each step with “## ” and its name; {{first_name}} becomes the lead’s.',
          below: (script) => (typeof script === 'string' ? <ScriptPreview script={script} /> : null),
        },
        { key: 'description', label: 'What it is for', kind: 'text', wide: true },
      ]}
    />
  );
}
