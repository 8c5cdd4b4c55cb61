import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useMe } from '../app/session.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { Money } from '../ui/money.tsx';
import { dealsOfLeadQuery } from './api/get-deals.ts';
import { CloseDate, Stage, todayIn } from './deal-cells.tsx';
import classes from './deals.module.css';
import { NewDeal } from './new-deal.tsx';

/** A lead's deals, and a new one. */
export function DealList({ leadId }: { leadId: string }) {
  const query = useQuery(dealsOfLeadQuery(leadId));
  const { currency, time_zone } = useMe().workspace;
  const may = useMay('work leads');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <DataState
        query={query}
        what="Could not load the deals."
        skeleton={<SkeletonRows rows={2} />}
        isEmpty={(deals) => deals.length === 0}
        empty={<p className="muted">No deals yet.</p>}
      >
        {(deals) => (
          <ul className={classes.list} aria-label="Deals">
            {deals.map((deal) => (
              <li key={deal.id}>
                <Link to="/deals" search={{ state: 'all', deal: deal.id }} className={`${classes.entry} quiet-link`}>
                  <span className={classes.name}>{deal.name ?? 'Deal'}</span>
                  <Money amount={deal.amount} currency={currency} />
                  <span className={classes.under}>
                    <CloseDate deal={deal} today={todayIn(time_zone)} />
                  </span>
                  <Stage name={deal.stage} state={deal.state} />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </DataState>
      {may && (
        <Button onClick={() => setAdding(true)} leftSection={<IconPlus size={14} aria-hidden />}>
          New deal
        </Button>
      )}
      {adding && <NewDeal leadId={leadId} onClose={() => setAdding(false)} />}
    </>
  );
}
