import { api } from '../../../api/client.ts';
import type { Draft } from './draft.ts';

/** Tells the server what was written about a lead. */
export async function sendDraft(id: string, draft: Draft, me: string): Promise<void> {
  const params = { path: { id } };
  const text = draft.text.trim();
  if (draft.mode === 'note') await api.POST('/v1/leads/{id}/notes', { params, body: { text } });
  else if (draft.mode === 'task') {
    const due_at = draft.due ? new Date(draft.due).toISOString() : null;
    await api.POST('/v1/leads/{id}/tasks', { params, body: { name: text, due_at, assignee: me } });
  } else {
    const minutes = Number(draft.minutes.replace(',', '.'));
    const talk_seconds = draft.minutes.trim() !== '' && minutes >= 0 ? Math.round(minutes * 60) : null;
    const more = {
      ...(draft.callback && { callback_at: new Date(draft.callback).toISOString() }),
      ...(draft.lostReason && { lost_reason: draft.lostReason }),
    };
    await api.POST('/v1/leads/{id}/call-log', {
      params,
      body: { outcome_id: draft.outcome, note: text, talk_seconds, ...more },
    });
  }
}
