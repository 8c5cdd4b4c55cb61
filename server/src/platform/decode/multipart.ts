import type { Pairs } from '../wire.ts';
import { lenientText } from './charset.ts';

/** Parses a multipart/form-data body; of a file, only the name is used. Undefined if the body is broken. */
export async function parseMultipart(bytes: Buffer, contentType: string): Promise<Pairs | undefined> {
  // The platform's parser is given one character per byte, so that each value keeps its own encoding.
  const bytewise = Buffer.from(bytes.toString('latin1'), 'utf8');
  try {
    const form = await new Response(bytewise, { headers: { 'content-type': contentType } }).formData();
    return Array.from(form, ([name, value]) => [
      restore(name),
      restore(typeof value === 'string' ? value : value.name),
    ]);
  } catch {
    return undefined;
  }
}

function restore(bytewise: string): string {
  return lenientText(Buffer.from(bytewise, 'latin1'));
}
