import type { Static } from 'typebox';
import { typeId } from '../platform/ids.ts';
import { nameOfActor } from '../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { webhookView } from './webhook-shapes.ts';
import type { CountedWebhook } from './webhook-store.ts';

/** A webhook as published. */
export function viewWebhook(webhook: CountedWebhook, referenceData: ReferenceData): Static<typeof webhookView.schema> {
  const { id, url, description, events, sources, types, departments, include, enabled, pending, held, failed } =
    webhook;
  return {
    id: typeId('hook', id),
    url,
    description,
    events: events ?? ['*'],
    filter: { sources, types, departments },
    include,
    enabled,
    disabled_at: webhook.disabled_at?.toISOString() ?? null,
    disabled_because: webhook.disabled_because,
    failing_since: webhook.failing_since?.toISOString() ?? null,
    last_success_at: webhook.last_success_at?.toISOString() ?? null,
    old_secret_ends_at: webhook.old_secret_ends_at?.toISOString() ?? null,
    pending,
    held,
    failed,
    last_day: { succeeded: webhook.succeeded_today, failed: webhook.failed_today },
    created_by: nameOfActor(webhook.created_by, referenceData),
    created_at: webhook.created_at.toISOString(),
  };
}
