import { fillIn, unknownFields } from '../mail/template.ts';

/** Fields that a message to a lead may contain, with example values. */
export const exampleValues: Readonly<Record<string, string>> = {
  name: 'Asha Rao',
  first_name: 'Asha',
  last_name: 'Rao',
  company_name: 'Rao Traders',
  email: 'asha@example.com',
  phone: '+44 7700 900123',
  city: 'Leeds',
  number: '1042',
  workspace: 'Example',
};
export const messageFields = Object.keys(exampleValues);

/** A message to a lead, as a template. */
export interface MessageTemplate {
  subject: string;
  text: string;
}

/** Fields in a template that leads do not have. */
export function unknownMessageFields({ subject, text }: MessageTemplate): string[] {
  return unknownFields(`${subject}\n${text}`, messageFields);
}

/** Fills in a template. Returns the subject and the paragraphs of the message. */
export function fillMessage({ subject, text }: MessageTemplate, values: Readonly<Record<string, string | null>>) {
  const paragraphs = fillIn(text, values)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  return { subject: fillIn(subject, values).replace(/\s+/g, ' ').trim(), body: { paragraphs } };
}
