import { Button } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Column } from '../layout/column.tsx';
import { CreateWebhook } from './create-webhook.tsx';
import { eventsText } from './event-types.ts';
import { useWebhooks, type Webhook, type WebhookWithSecret } from './get-webhooks.ts';
import { countText, Health } from './health.tsx';
import { VerifierCard } from './verifier.tsx';
import { WebhookSecret } from './webhook-secret.tsx';
import classes from './webhooks.module.css';

/** The receivers of events, each with its health. */
export function WebhooksPage(): ReactNode {
  const webhooks = useWebhooks();
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret>();
  const create = (
    <Button variant="filled" onClick={() => setCreating(true)}>
      New webhook
    </Button>
  );
  return (
    <Column
      title="Webhooks"
      intro="Send events to other systems. Each event is signed, sent to every webhook that subscribes to it, and retried if it is not accepted."
      actions={create}
    >
      <DataState
        query={webhooks}
        what="Could not load the webhooks."
        empty={
          <EmptyState
            icon={<IconWebhook size={32} />}
            title="No webhooks yet"
            text="Create one with the URL of the system that should get the events."
          />
        }
      >
        {(all) => (
          <Card title={all.length === 1 ? '1 webhook' : `${all.length} webhooks`} flush>
            <ul className={classes.list}>
              {all.map((webhook) => (
                <li key={webhook.id}>
                  <WebhookRow webhook={webhook} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </DataState>
      <VerifierCard />
      {isCreating && <CreateWebhook onMade={setMade} onClose={() => setCreating(false)} />}
      {made && <WebhookSecret made={made} onClose={() => setMade(undefined)} />}
    </Column>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { id, url, description, events, held, failed, last_day: day } = webhook;
  return (
    <Link to="/settings/webhooks/$webhook" params={{ webhook: id }} className={classes.row}>
      <span className={classes.name}>
        <strong className="clip">{description ?? url}</strong>
        {description && <span className="mono muted clip">{url}</span>}
      </span>
      <Health webhook={webhook} />
      <span className={classes.figures}>
        <span>{eventsText(events)}</span>
        <span>
          {day.succeeded.toLocaleString()} delivered
          {day.failed > 0 && <span className={classes.bad}>, {day.failed.toLocaleString()} failed attempts</span>} in 24
          h
        </span>
        {held > 0 && <span className={classes.warn}>{countText(held)} held</span>}
        {failed > 0 && <span className={classes.bad}>{countText(failed)} given up</span>}
      </span>
    </Link>
  );
}
