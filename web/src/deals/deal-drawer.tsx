import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';
import { LeadLink } from '../app/lead-link.tsx';
import { useMay, useMe } from '../app/session.ts';
import { ConfirmDanger } from '../ui/feedback/confirm-danger.tsx';
import { DataState } from '../ui/feedback/data-state.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import { Form } from '../ui/form/form.tsx';
import { Money } from '../ui/money.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { dayIn } from '../ui/times.ts';
import { type Deal, dealQuery, deleteDeal, patchDeal, refreshDeals } from './api/get-deals.ts';
import { CloseDate, dealName, Stage } from './deal-cells.tsx';
import { DealFields, readDealForm } from './deal-form.tsx';
import classes from './deals.module.css';

/** A deal beside the list: amounts, dates, its lead, and the form to edit it. */
export function DealDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(dealQuery(id));
  const name = query.data ? dealName(query.data) : 'Deal';
  return (
    <SideDrawer label={name} header={<strong className={classes.heading}>{name}</strong>} onClose={onClose}>
      <DataState query={query} what="Could not load the deal.">
        {(deal) => (
          <div className={classes.drawer}>
            <Facts deal={deal} />
            <Edit key={`${deal.id} ${deal.updated_at}`} deal={deal} onClose={onClose} />
          </div>
        )}
      </DataState>
    </SideDrawer>
  );
}

function Facts({ deal }: { deal: Deal }) {
  const { currency, time_zone } = useMe().workspace;
  return (
    <>
      <div className={classes.row}>
        <span className={classes.big}>
          <Money amount={deal.amount} currency={currency} />
        </span>
        <Stage name={deal.stage} state={deal.state} />
        {deal.probability !== null && deal.state === 'open' && (
          <span className="muted">{deal.probability}% likely</span>
        )}
      </div>
      <dl className={classes.sums}>
        <div className={classes.sum}>
          <dt>Lead</dt>
          <dd>
            <LeadLink id={deal.lead_id}>{deal.lead_name}</LeadLink>
          </dd>
        </div>
        <div className={classes.sum}>
          <dt>Expected close</dt>
          <dd>
            <CloseDate deal={deal} today={dayIn(time_zone)} />
          </dd>
        </div>
        {deal.closed_at && (
          <div className={classes.sum}>
            <dt>{deal.state === 'won' ? 'Won' : 'Lost'}</dt>
            <dd>
              <RelativeTime at={deal.closed_at} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Edit({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const client = useQueryClient();
  const [may, mayDelete] = [useMay('work leads'), useMay('delete leads')];
  const [problem, setProblem] = useState<Problem>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
      refreshDeals(client);
    }
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    const patch = readDealForm(event.currentTarget);
    void run(async () => {
      const saved = await patchDeal(deal.id, patch);
      setProblem(undefined);
      if (saved.stage_id === deal.stage_id) return toast.done('Saved');
      toast.undo(
        `Moved to ${saved.stage}`,
        () => void run(async () => void (await patchDeal(deal.id, { stage: deal.stage_id }))),
      );
    });
  };
  const remove = () =>
    void run(async () => {
      await deleteDeal(deal.id);
      toast.done('Deal deleted');
      onClose();
    });
  return (
    <Form onSubmit={save} className={classes.form}>
      <fieldset disabled={!may} style={{ display: 'contents' }}>
        <DealFields deal={deal} problem={problem} />
      </fieldset>
      {may && (
        <div className="form-actions">
          {mayDelete && (
            <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
              Delete
            </Button>
          )}
          <Button type="submit" variant="filled" loading={busy}>
            Save
          </Button>
        </div>
      )}
      <ConfirmDanger
        opened={asking}
        title="Delete this deal?"
        action="Delete deal"
        busy={busy}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      >
        {dealName(deal)} will be deleted. The lead’s timeline will show that it was.
      </ConfirmDanger>
    </Form>
  );
}
