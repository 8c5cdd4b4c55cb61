import { Money } from '../ui/money.tsx';
import type { DealSummary } from './api/get-deals.ts';
import classes from './deals.module.css';

/** The totals of the listed deals. */
export function SumLine({ summary }: { summary: DealSummary | undefined }) {
  if (!summary) return <dl className={classes.sums} aria-hidden />;
  const { currency, open_count, open_sum, weighted_sum, won_count, won_sum } = summary;
  return (
    <dl className={classes.sums}>
      <Sum label="Open" amount={open_sum} currency={currency} of={open_count} />
      <Sum label="Weighted" amount={weighted_sum} currency={currency} />
      <Sum label="Won this month" amount={won_sum} currency={currency} of={won_count} />
    </dl>
  );
}

function Sum({ label, amount, currency, of }: { label: string; amount: number; currency: string; of?: number }) {
  return (
    <div className={classes.sum}>
      <dt>{label}</dt>
      <dd>
        <Money amount={amount} currency={currency} />{' '}
        {of !== undefined && <small>{`${of.toLocaleString()} ${of === 1 ? 'deal' : 'deals'}`}</small>}
      </dd>
    </div>
  );
}
