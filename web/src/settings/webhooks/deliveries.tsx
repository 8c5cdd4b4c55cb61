import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Segments } from '../../ui/segments.tsx';
import { FilterSelect } from '../layout/filter-select.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { typeOptions } from './event-types.ts';
import { type Delivery, useDeliveries, type Webhook } from './get-webhooks.ts';
import { StatePill, stateWords } from './health.tsx';
import { Replay } from './replay.tsx';
import classes from './webhooks.module.css';

const route = getRouteApi('/shell/settings/webhooks/$webhook');

const segments = [
  { value: 'all', label: 'All' },
  ...(['pending', 'delivered', 'failed', 'held'] as const).map((value) => ({
    value,
    label: capital(stateWords[value]),
  })),
] as const;

/** The log of deliveries, newest events first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { state, type, delivery: open } = route.useSearch();
  const navigate = route.useNavigate();
  const go = (change: {
    state?: Delivery['state'] | undefined;
    type?: string | undefined;
    delivery?: string | undefined;
  }) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const [isReplaying, setReplaying] = useState(false);
  const deliveries = useDeliveries(webhook.id, { state, type });
  return (
    <Card
      title="Deliveries"
      flush
      actions={webhook.enabled && <Button onClick={() => setReplaying(true)}>Replay…</Button>}
    >
      <div className={classes.filters}>
        <Segments<(typeof segments)[number]['value']>
          label="State"
          segments={segments}
          value={state === 'sending' ? 'pending' : (state ?? 'all')}
          onChange={(value) => go({ state: value === 'all' ? undefined : value })}
        />
        <FilterSelect
          label="Event type"
          any="Any event"
          data={typeOptions}
          value={type}
          onChange={(chosen) => go({ type: chosen })}
          searchable
        />
      </div>
      <PagedList
        query={deliveries}
        what="Could not load the deliveries."
        empty={
          <EmptyState
            title="No deliveries"
            text={state || type ? 'No deliveries match these filters.' : 'None of its events have happened yet.'}
          />
        }
        label="Delivery log"
        className={classes.list}
        moreClass={classes.more}
      >
        {(delivery) => (
          <li key={delivery.id}>
            <Row delivery={delivery} onOpen={() => go({ delivery: delivery.id })} />
          </li>
        )}
      </PagedList>
      {open && <DeliveryDialog id={open} mayResend={webhook.enabled} onClose={() => go({ delivery: undefined })} />}
      {isReplaying && <Replay webhook={webhook} onClose={() => setReplaying(false)} />}
    </Card>
  );
}

function Row({ delivery, onOpen }: { delivery: Delivery; onOpen: () => void }) {
  const { type, event_id: event, attempts, created_at: at, next_attempt_at: next, last_attempt: last } = delivery;
  return (
    <button type="button" className={classes.delivery} onClick={onOpen}>
      <StatePill state={delivery.state} />
      <span className={classes.name}>
        <strong>{type}</strong>
        <span className="mono muted clip">{event}</span>
      </span>
      <span className={classes.figures}>
        {last && <span className={last.error ? classes.bad : undefined}>{last.error ?? last.status}</span>}
        {attempts > 1 && <span>{attempts} attempts</span>}
        {next && attempts > 0 && (
          <span>
            next <RelativeTime at={next} />
          </span>
        )}
        <RelativeTime at={at} />
      </span>
    </button>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
