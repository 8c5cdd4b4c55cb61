import type { Sent, SentValues } from './read-values.ts';
import type { WireName } from './wire.ts';

/** Text with something in it, else undefined. */
export function textIn(value: Sent | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/**
 * A lead's name where none was sent: of its parts with the salutation before them, else the company, else what stands
 * before the `@`. The rule is ERPNext's, whose Lead this object is; but what was sent is never overwritten.
 */
export function leadNameOf(sent: SentValues): string | undefined {
  const text = (name: WireName) => textIn(sent.get(name));
  const email = text('email_id')?.trim();
  return text('lead_name') ?? fullNameOf(text) ?? text('company_name') ?? textIn(email?.split('@')[0] ?? null);
}

const LONGEST = 10_000;

/** A salutation alone is no name. Parts that together are too long for one text are kept by themselves anyway. */
function fullNameOf(text: (name: WireName) => string | undefined): string | undefined {
  const parts = [text('first_name'), text('middle_name'), text('last_name')].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const full = [text('salutation'), ...parts].filter((part) => part !== undefined);
  const name = full.map((part) => part.trim()).join(' ');
  return name.length > LONGEST ? parts[0] : name;
}

/** A lead's title where none was sent: its company, else its name. */
export function titleOf(sent: SentValues): string | undefined {
  return textIn(sent.get('title')) ?? textIn(sent.get('company_name')) ?? leadNameOf(sent);
}
