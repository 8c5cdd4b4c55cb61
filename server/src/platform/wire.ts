import type { Problem } from './problem.ts';

/** Names with values in the order sent; a name may come twice. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** A request freed of the framework and decoded once: what a dialect reads. */
export interface Wire {
  method: string;
  /** Without the query, as sent. */
  path: string;
  /** Values of `:name` parts of the endpoint's path, percent-decoded. */
  params: Readonly<Record<string, string>>;
  query: Pairs;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: WireBody;
  /** The body as text, whatever came of parsing it; '' for an empty or undecodable one. */
  text: string;
}

export type WireBody =
  | { kind: 'empty' }
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; pairs: Pairs }
  | { kind: 'unreadable'; problem: Problem };

/** What goes back; `body` is sent as JSON. */
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
