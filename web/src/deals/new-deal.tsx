import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import { Form } from '../ui/form/form.tsx';
import { FormButtons } from '../ui/form/form-buttons.tsx';
import { noOption } from '../ui/no-option.ts';
import { addDeal, type Deal, leadChoicesQuery, refreshDeals } from './api/get-deals.ts';
import { DealFields, readDealForm } from './deal-form.tsx';
import classes from './deals.module.css';

interface Props {
  /** The deal's lead; chosen in the form if left out. */
  leadId?: string;
  onClose: () => void;
  onAdded?: (deal: Deal) => void;
}

/** The dialog for a new deal. */
export function NewDeal({ leadId, onClose, onAdded }: Props) {
  const client = useQueryClient();
  const [lead, setLead] = useState<string | null>(leadId ?? null);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    if (!lead || busy) return;
    const deal = readDealForm(event.currentTarget);
    setBusy(true);
    try {
      const added = (await addDeal(lead, deal)) as Deal;
      toast.done('Deal added');
      onClose();
      onAdded?.(added);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    } finally {
      refreshDeals(client);
    }
  };
  return (
    <Dialog onClose={onClose} title="New deal">
      <Form onSubmit={save} className={classes.form}>
        {!leadId && <LeadChoice lead={lead} onChoose={setLead} />}
        <DealFields problem={problem} />
        <FormButtons className="form-actions" action="Add deal" isBusy={busy} isDisabled={!lead} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

function LeadChoice({ lead, onChoose }: { lead: string | null; onChoose: (lead: string | null) => void }) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery({ ...leadChoicesQuery(q), enabled: q !== '', placeholderData: keepPreviousData }).data ?? [];
  return (
    <Select
      label="Lead"
      placeholder="Name, phone or email"
      data={found.map((one) => ({
        value: one.id,
        label: [one.name ?? one.phone ?? one.email ?? `Lead ${one.number}`, one.company_name]
          .filter(Boolean)
          .join(' · '),
      }))}
      value={lead}
      onChange={onChoose}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={noOption(q === '' ? 'Type to search' : 'No lead found')}
      searchable
      required
      data-autofocus
    />
  );
}
