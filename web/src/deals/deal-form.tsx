import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import '@mantine/core/styles/NumberInput.css';
import type { Problem } from '../api/problem.ts';
import { useMembers } from '../app/members.ts';
import { useMe } from '../app/session.ts';
import { type Deal, type DealPatch, dealSummaryQuery } from './api/get-deals.ts';
import classes from './deals.module.css';

const dates = [
  ['end_date', 'Expected close'],
  ['start_date', 'Start date'],
] as const;

/** The fields of the deal form. */
export function DealFields({ deal, problem }: { deal?: Deal; problem: Problem | undefined }) {
  const { workspace, member } = useMe();
  const stages = useQuery(dealSummaryQuery({})).data?.stages ?? [];
  const members = useMembers();
  const people = members.filter(({ active, id }) => active || id === deal?.owner_id);
  return (
    <>
      <TextInput
        name="name"
        label="Deal name"
        defaultValue={deal?.name ?? ''}
        error={problem?.of('name')}
        data-autofocus={!deal || undefined}
      />
      <div className={classes.pair}>
        <NumberInput
          name="amount"
          label={`Amount (${workspace.currency})`}
          defaultValue={deal?.amount ?? ''}
          error={problem?.of('amount')}
          decimalScale={2}
          thousandSeparator=","
          hideControls
        />
        <Select
          key={stages.length}
          name="stage"
          label="Stage"
          data={stages.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={deal?.stage_id ?? stages[0]?.id ?? null}
          error={problem?.of('stage')}
          allowDeselect={false}
        />
        {dates.map(([name, label]) => (
          <TextInput
            key={name}
            type="date"
            name={name}
            label={label}
            defaultValue={deal?.[name] ?? ''}
            error={problem?.of(name)}
          />
        ))}
      </div>
      <Select
        key={`owner ${members.length}`}
        name="owner"
        label="Owner"
        placeholder="Unassigned"
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={deal ? deal.owner_id : member.id}
        error={problem?.of('owner')}
        clearable
        clearButtonProps={{ 'aria-label': 'Clear owner' }}
        searchable
      />
      <Textarea name="note" label="Note" defaultValue={deal?.note ?? ''} autosize minRows={2} maxRows={8} />
      {problem && problem.errors.length === 0 && (
        <p role="alert" className="fault">
          {problem.message}
        </p>
      )}
    </>
  );
}

/** Reads the form into a request body for the API. */
export function readDealForm(form: HTMLFormElement): DealPatch & { stage: string } {
  const sent = new FormData(form);
  const text = (name: string) => String(sent.get(name) ?? '').trim();
  const amount = text('amount').replaceAll(',', '');
  return {
    name: text('name'),
    amount: amount === '' ? null : Number(amount),
    stage: text('stage'),
    start_date: text('start_date') || null,
    end_date: text('end_date') || null,
    owner: text('owner'),
    note: text('note'),
  };
}
