import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useMay, useMe } from '../../../app/session.ts';
import { DataState } from '../../../ui/feedback/data-state.tsx';
import { ErrorBar } from '../../../ui/feedback/error-bar.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { FormButtons } from '../../../ui/form/form-buttons.tsx';
import { Money } from '../../../ui/money.tsx';
import { Pill } from '../../../ui/pill.tsx';
import { leadDealsQuery, refreshLead } from '../../api/get-lead.ts';
import { useDealStages } from '../../api/get-reference-data.ts';
import { numberOr } from '../fields/lead-values.ts';
import classes from './related.module.css';

/** The deals of a lead, and a form to add one. */
export function LeadDeals({ leadId }: { leadId: string }) {
  const deals = useQuery(leadDealsQuery(leadId));
  const { currency } = useMe().workspace;
  const mayWork = useMay('work leads');
  return (
    <>
      <DataState
        query={deals}
        what="Could not load the deals."
        empty={<p className={classes.nothing}>No deals yet.</p>}
      >
        {(list) => (
          <ul className={classes.list} aria-label="Deals">
            {list.map((deal) => (
              <li key={deal.id} className={classes.item}>
                <Link to="/deals" search={{ deal: deal.id } as never} className={classes.name}>
                  {deal.name ?? 'Deal'}
                </Link>
                <Pill tone="neutral" dot={false}>
                  {deal.stage}
                </Pill>
                <span className={classes.amount}>
                  <Money amount={deal.amount} currency={currency} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </DataState>
      {mayWork && <AddDeal leadId={leadId} />}
    </>
  );
}

function AddDeal({ leadId }: { leadId: string }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const [stage, setStage] = useState('');
  const stages = useDealStages();
  const client = useQueryClient();
  const adding = useMutation({
    mutationFn: () =>
      api.POST('/v1/leads/{id}/deals', {
        params: { path: { id: leadId } },
        // If the amount is not a number, the server refuses it with its own message.
        body: { name, stage, ...(amount.trim() && { amount: numberOr(amount.trim()) as number }) },
      }),
    onSuccess: () => {
      refreshLead(client);
      setOpen(false);
      setName('');
      setAmount('');
    },
  });
  const problem = adding.error && asProblem(adding.error);
  if (!open) return <Button onClick={() => setOpen(true)}>Add a deal</Button>;
  return (
    <Form
      aria-label="New deal"
      className={classes.form}
      onSubmit={() => adding.mutate()}
      onClose={() => setOpen(false)}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.of('name')}
        autoFocus
      />
      <TextInput
        label="Amount"
        inputMode="decimal"
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
        error={problem?.of('amount')}
      />
      <NativeSelect
        label="Stage"
        size="xs"
        value={stage}
        onChange={(event) => setStage(event.currentTarget.value)}
        data={[{ value: '', label: 'First stage' }, ...stages.map(({ id, name: label }) => ({ value: id, label }))]}
      />
      {problem && problem.errors.length === 0 && <ErrorBar problem={problem} what="Could not add the deal." />}
      <FormButtons
        className="form-actions"
        action="Add deal"
        isBusy={adding.isPending}
        onCancel={() => setOpen(false)}
      />
    </Form>
  );
}
