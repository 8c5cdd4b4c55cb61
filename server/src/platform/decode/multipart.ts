import type { Pairs } from '../wire.ts';
import { lenientText } from './charset.ts';

/** Reads a multipart/form-data body; of a file only its name counts. Undefined when the body is broken. */
export async function parseMultipart(bytes: Buffer, contentType: string): Promise<Pairs | undefined> {
  // One character per byte on the way through the platform's parser, so that each value's own encoding survives it.
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
