import type { Problem } from './problem.ts';

/** Parameters in the order sent; a name may be repeated. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** A decoded request, independent of the framework: what a dialect reads. */
export interface Wire {
  method: string;
  /** Without the query, as sent. */
  path: string;
  /** Values of the `:name` parts of the endpoint's path, percent-decoded. */
  params: Readonly<Record<string, string>>;
  query: Pairs;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: WireBody;
  /** The body as text, even if parsing failed; '' for an empty or undecodable one. */
  text: string;
}

export type WireBody =
  | { kind: 'empty' }
  | {
      kind: 'json';
      value: unknown;
      /** `value`, with numbers as text where JavaScript would write them differently (1.10, 2^53 + 1). */
      exact?: unknown;
    }
  | { kind: 'form'; pairs: Pairs }
  | { kind: 'unreadable'; problem: Problem };

/** A dialect's reply; `body` is sent as JSON. */
export interface WireReply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: unknown;
}

/** A reply as bytes to send; the same text is stored in the journal. */
export interface SentReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

const noHeaders = {};

/** Turns a worded reply into the bytes that are sent and stored. */
export function serialiseReply({ status, headers, body }: WireReply): SentReply {
  return { status, headers: headers ?? noHeaders, text: body === undefined ? '' : JSON.stringify(body) };
}
