import type { SentValue, SentValues } from './read-values.ts';
import type { WireName } from './wire.ts';

/** Text that is not blank, else undefined. */
export function textIn(value: SentValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/**
 * Derives a lead's name when none was sent: salutation and name parts, else the company, else the part of the e-mail
 * address before the `@`. This follows ERPNext, where the Lead object comes from, except that a name that was sent is
 * never overwritten.
 */
export function leadNameOf(sent: SentValues): string | undefined {
  const text = (name: WireName) => textIn(sent.get(name));
  const email = text('email_id')?.trim();
  return text('lead_name') ?? fullNameOf(text) ?? text('company_name') ?? textIn(email?.split('@')[0] ?? null);
}

/**
 * The derived name, unless it consists only of the name parts that were sent. A derived name is replaced when another
 * sender gives the lead a real one.
 */
export function madeUpName(sent: SentValues): string | undefined {
  const text = (name: WireName) => (name === 'salutation' ? undefined : textIn(sent.get(name)));
  const name = leadNameOf(sent);
  return name === (text('lead_name') ?? fullNameOf(text)) ? undefined : name;
}

const MAX_LENGTH = 10_000;

/**
 * A salutation alone is not a name. If the full name is too long, its first part will do: all parts are stored anyway.
 */
function fullNameOf(text: (name: WireName) => string | undefined): string | undefined {
  const parts = [text('first_name'), text('middle_name'), text('last_name')].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const full = [text('salutation'), ...parts].filter((part) => part !== undefined);
  const name = full.map((part) => part.trim()).join(' ');
  return name.length > MAX_LENGTH ? parts[0] : name;
}

/** Derives a lead's title when none was sent: its company, else its name. */
export function titleOf(sent: SentValues): string | undefined {
  return textIn(sent.get('title')) ?? textIn(sent.get('company_name')) ?? leadNameOf(sent);
}
