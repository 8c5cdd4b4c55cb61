import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { Column } from '../layout/column.tsx';
import { Facts } from '../layout/facts.tsx';
import settings from '../layout/settings.module.css';
import { DayChart } from './day-chart.tsx';
import { Deliveries } from './deliveries.tsx';
import { useRenewWebhooks, useWebhook, useWebhookChange, type Webhook } from './get-webhooks.ts';
import { countText, Health } from './health.tsx';
import { RotateSecret } from './rotate-secret.tsx';
import { DeleteWebhook, Switching } from './switching.tsx';
import { VerifierCard } from './verifier.tsx';
import { bodyOf, formOf, useWebhookFields } from './webhook-fields.tsx';

const route = getRouteApi('/shell/settings/webhooks/$webhook');
const back = { to: '/settings/webhooks', label: 'Webhooks' };

/** One webhook: its health, what was sent, its settings and its secret. */
export function WebhookPage(): ReactNode {
  const { webhook: id } = route.useParams();
  const webhook = useWebhook(id);
  const { data } = webhook;
  return (
    <Column
      title={data ? (data.description ?? new URL(data.url).host) : 'Webhook'}
      back={back}
      beside={data && <Health webhook={data} />}
      actions={data?.enabled && <SendTest id={id} />}
    >
      <DataState query={webhook} what="Could not load the webhook.">
        {(found) => <Cards webhook={found} />}
      </DataState>
    </Column>
  );
}

function Cards({ webhook }: { webhook: Webhook }) {
  return (
    <div className={settings.stack}>
      <Switching webhook={webhook} />
      <Card title="Last 24 hours">
        <DayChart id={webhook.id} />
        <Facts facts={factsOf(webhook)} />
      </Card>
      <Deliveries webhook={webhook} />
      <Settings webhook={webhook} />
      <RotateSecret webhook={webhook} />
      <VerifierCard />
      <DeleteWebhook webhook={webhook} />
    </div>
  );
}

function factsOf(webhook: Webhook): (readonly [string, ReactNode])[] {
  const { url, pending, held, failed, last_success_at: last, created_at: made, created_by: by } = webhook;
  return [
    [
      'URL',
      <span key="url" className="mono">
        {url}
      </span>,
    ],
    ['Waiting', countText(pending)],
    ['Held while disabled', countText(held)],
    ['Given up', countText(failed)],
    ['Last delivered', last ? <RelativeTime key="last" at={last} /> : 'never'],
    [
      'Created',
      <span key="made">
        <RelativeTime at={made} />
        {by && `, by ${by}`}
      </span>,
    ],
  ];
}

function Settings({ webhook }: { webhook: Webhook }) {
  const fields = useWebhookFields();
  const renew = useRenewWebhooks();
  const saved = formOf(webhook);
  const save = async (changed: Record<string, unknown>) => {
    const path = { id: webhook.id };
    await body(api.PATCH('/v1/webhooks/{id}', { params: { path }, body: bodyOf(changed, saved) }));
    await renew();
    toast.done('Saved');
  };
  return (
    <Card title="Settings">
      <ItemForm fields={fields} saved={saved} onSave={save} />
    </Card>
  );
}

function SendTest({ id }: { id: string }) {
  const navigate = route.useNavigate();
  const test = useWebhookChange(() => body(api.POST('/v1/webhooks/{id}/test', { params: { path: { id } } })), {
    failed: 'Could not send the test.',
    onSuccess: (delivery) => void navigate({ search: (before) => ({ ...before, delivery: delivery.id }) }),
  });
  return (
    <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
      Send test
    </Button>
  );
}
