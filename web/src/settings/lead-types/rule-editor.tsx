import { ActionIcon, Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Problem } from '../../api/problem.ts';
import { useLeadFields } from '../../app/lead-fields.ts';
import classes from './rule-editor.module.css';
import { kinds, ofKind, type Rule, states } from './rules.ts';

interface Props {
  rules: readonly Rule[];
  problem: Problem | undefined;
  onChange: (rules: Rule[]) => void;
}

interface Option {
  value: string;
  label: string;
}

/** Edits the rules of a lead type: which fields a lead needs, and when. */
export function RuleEditor({ rules, problem, onChange }: Props) {
  const fields = useLeadFields()
    .filter(({ allowed_in_rules }) => allowed_in_rules)
    .map(({ name, label }) => ({ value: name, label }));
  const put = (at: number, rule: Rule) => onChange(rules.map((one, place) => (place === at ? rule : one)));
  return (
    <fieldset className={classes.rules}>
      <legend className={classes.legend}>Required fields</legend>
      {rules.length === 0 && <p className="muted">No required fields.</p>}
      {rules.map((rule, at) => (
        <RuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has nothing else to be known by, and rows keep no state
          key={at}
          at={at}
          rule={rule}
          fields={fields}
          problem={problem}
          onChange={(changed) => put(at, changed)}
          onRemove={() => onChange(rules.filter((_, place) => place !== at))}
        />
      ))}
      <Button disabled={fields.length === 0} onClick={() => onChange([...rules, { field: 'email', when: 'always' }])}>
        Add a rule
      </Button>
    </fieldset>
  );
}

interface RowProps {
  at: number;
  rule: Rule;
  fields: readonly Option[];
  problem: Problem | undefined;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleRow({ at, rule, fields, problem, onChange, onRemove }: RowProps) {
  const errorAt = (part: string) => {
    const place = `rules.${at}.${part}`;
    return problem?.of(place)?.replace(place, 'This');
  };
  const choice = { searchable: true, allowDeselect: false, size: 'xs' } as const;
  return (
    <div role="group" aria-label={`Rule ${at + 1}`} className={classes.rule}>
      <Select
        {...choice}
        aria-label="Field"
        data={[...fields]}
        value={rule.field}
        error={errorAt('field')}
        onChange={(field) => field && onChange({ ...rule, field })}
      />
      <Select
        {...choice}
        aria-label="When"
        data={[...kinds]}
        value={rule.when}
        onChange={(when) => when && onChange(ofKind(rule, when as Rule['when']))}
      />
      {rule.when === 'state' && (
        <MultiSelect
          size="xs"
          aria-label="States"
          data={[...states]}
          value={rule.states ?? []}
          error={errorAt('states')}
          onChange={(chosen) => onChange({ ...rule, states: chosen as NonNullable<Rule['states']> })}
        />
      )}
      {(rule.when === 'given' || rule.when === 'equals') && (
        <Select
          {...choice}
          aria-label="Other field"
          data={fields.filter(({ value }) => value !== rule.field)}
          value={rule.other ?? null}
          error={errorAt('other')}
          onChange={(other) => other && onChange({ ...rule, other })}
        />
      )}
      {rule.when === 'equals' && (
        <TextInput
          size="xs"
          aria-label="Value"
          placeholder="Value"
          value={rule.value ?? ''}
          error={errorAt('value')}
          onChange={(event) => onChange({ ...rule, value: event.currentTarget.value })}
        />
      )}
      <ActionIcon className={classes.remove} aria-label={`Remove rule ${at + 1}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}
