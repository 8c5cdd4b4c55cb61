import type { Lead } from '../../api/get-lead.ts';

const MINUTE = 60_000;

/** The time to the first reply in words, and how good it is. */
interface FirstReply {
  words: string;
  state: 'waiting' | 'warn' | 'late' | 'quick' | 'slow' | 'none';
}

/** A reply within five minutes is quick; a wait of more than half an hour is too long. */
export function firstReply(
  lead: Pick<Lead, 'created_at' | 'first_reply_at' | 'lifecycle_state'>,
  now: number,
): FirstReply {
  const came = Date.parse(lead.created_at);
  if (lead.first_reply_at !== null) {
    const minutes = Math.max(0, Math.floor((Date.parse(lead.first_reply_at) - came) / MINUTE));
    return { words: short(minutes), state: minutes <= 5 ? 'quick' : 'slow' };
  }
  if (lead.lifecycle_state !== 'new' && lead.lifecycle_state !== 'open') return { words: '—', state: 'none' };
  const minutes = Math.max(0, Math.floor((now - came) / MINUTE));
  return { words: `${short(minutes)} wait`, state: minutes > 30 ? 'late' : minutes > 5 ? 'warn' : 'waiting' };
}

function short(minutes: number): string {
  if (minutes < 60) return `${minutes}m`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1440)}d`;
}
