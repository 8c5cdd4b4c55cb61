import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { LeadField } from '../../../app/lead-fields.ts';
import { useMay, useMe } from '../../../app/session.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { money } from '../../../ui/money.tsx';
import { usePrinting } from '../../../ui/use-printing.ts';
import type { Lead } from '../../api/get-lead.ts';
import type { useUpdateLead } from '../../api/update-lead.ts';
import { phoneNote } from '../../phone.ts';
import { Field } from './field.tsx';
import classes from './fields.module.css';
import { fieldValue, useLeadPageFields } from './lead-page-fields.ts';

const SHOWN_CUSTOM = 6;

interface Props {
  lead: Lead;
  changing: ReturnType<typeof useUpdateLead>;
  /** True for a single column, as on the lead's page. */
  narrow?: boolean;
}

/** The fields of a lead, each edited in place. */
export function FieldList({ lead, changing, narrow = false }: Props) {
  const [opened, setAll] = useState(false);
  const all = usePrinting() || opened;
  const { currency } = useMe().workspace;
  const readOnly = !useMay('work leads');
  const { main, custom, more } = useLeadPageFields(lead);
  const hidden = [...custom.slice(SHOWN_CUSTOM), ...more.filter((field) => fieldValue(lead, field) !== null)];
  const fields = all ? [...main, ...custom, ...more] : [...main, ...custom.slice(0, SHOWN_CUSTOM)];

  return (
    <>
      <dl className={classes.facts} data-narrow={narrow || undefined}>
        {fields.map((field) => {
          const value = fieldValue(lead, field);
          return (
            <Field
              key={field.name}
              lead={lead}
              field={field}
              shown={shownValue(lead, field, currency)}
              beside={
                (field.format === 'phone' || field.format === 'email') && value !== null ? (
                  <CopyButton value={String(value)} label={`Copy: ${field.label}`} />
                ) : undefined
              }
              note={field.name === 'phone' ? phoneNote(lead) : undefined}
              readOnly={readOnly}
              onChange={changing.change}
            />
          );
        })}
      </dl>
      <UnstyledButton data-screen-only className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Show less' : hidden.length > 0 ? `Show all (${hidden.length} more filled in)` : 'Show all fields'}
      </UnstyledButton>
    </>
  );
}

function shownValue(lead: Lead, field: LeadField, currency: string) {
  const value = fieldValue(lead, field);
  if (value === null) return undefined;
  if (field.format === 'money' && typeof value === 'number') return money(value, currency);
  if (field.type === 'date')
    return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(`${value}T12:00`));
  if (field.name === 'phone') return lead.phone_display ?? String(value);
  return undefined;
}
