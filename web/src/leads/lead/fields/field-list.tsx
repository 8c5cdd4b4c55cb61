import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useMay, useMe } from '../../../app/session.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { money } from '../../../ui/money.tsx';
import type { Lead } from '../../api/get-lead.ts';
import { useCustomFields } from '../../api/get-reference-data.ts';
import type { useUpdateLead } from '../../api/update-lead.ts';
import { Fact } from './field.tsx';
import classes from './fields.module.css';
import { customFact, type FactField, factValue, mainFacts, moreFacts } from './lead-page-fields.ts';

const SHOWN_CUSTOM = 6;

interface Props {
  lead: Lead;
  changing: ReturnType<typeof useUpdateLead>;
  /** One column, as on the whole page. */
  narrow?: boolean;
}

/** What is known of the lead; each fact is changed where it stands. */
export function Facts({ lead, changing, narrow = false }: Props) {
  const [all, setAll] = useState(false);
  const { currency } = useMe().workspace;
  const readOnly = !useMay('work leads');
  const own = useOwnFacts(lead);
  const hidden = [...own.slice(SHOWN_CUSTOM), ...moreFacts.filter((field) => factValue(lead, field) !== null)];
  const fields = all ? [...mainFacts, ...own, ...moreFacts] : [...mainFacts, ...own.slice(0, SHOWN_CUSTOM)];

  return (
    <>
      <dl className={classes.facts} data-narrow={narrow || undefined}>
        {fields.map((field) => {
          const value = factValue(lead, field);
          return (
            <Fact
              key={`${field.custom ? 'custom.' : ''}${field.key}`}
              lead={lead}
              field={field}
              shown={shownValue(lead, field, currency)}
              beside={
                (field.kind === 'phone' || field.kind === 'email') && value !== null ? (
                  <CopyButton value={String(value)} label={`Copy: ${field.label}`} />
                ) : undefined
              }
              readOnly={readOnly}
              onChange={changing.change}
            />
          );
        })}
      </dl>
      <UnstyledButton className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Show less' : hidden.length > 0 ? `Show all, ${hidden.length} more filled` : 'Show all fields'}
      </UnstyledButton>
    </>
  );
}

/** The workspace's own fields: those this lead fills first. */
function useOwnFacts(lead: Lead): FactField[] {
  const known = useCustomFields().map(customFact);
  const strays = Object.keys(lead.custom)
    .filter((name) => !known.some(({ key }) => key === name))
    .map((name) => customFact({ name, type: 'text' }));
  const facts = [...known, ...strays];
  const isFilled = (field: FactField) => factValue(lead, field) !== null;
  return [...facts.filter(isFilled), ...facts.filter((field) => !isFilled(field))];
}

function shownValue(lead: Lead, field: FactField, currency: string) {
  const value = factValue(lead, field);
  if (value === null) return undefined;
  if (field.kind === 'money' && typeof value === 'number') return money(value, currency);
  if (field.kind === 'date')
    return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(`${value}T12:00`));
  if (field.key === 'phone') return lead.phone_display ?? String(value);
  return undefined;
}
