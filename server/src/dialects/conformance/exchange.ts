/**
 * Recorded exchanges: what a vendor's client sends and what it must get, as JSON in the dialects' folders. One file is
 * one scenario, run in order on a fresh workspace.
 */
export interface Scenario {
  title: string;
  steps: readonly Step[];
}

export interface Step {
  request: {
    /** Whose server and token; by default the folder's dialect. `native` is our own API. */
    as?: string;
    method: string;
    /** Path and query, as they go over the wire. */
    url: string;
    headers?: Readonly<Record<string, string>>;
    /** Sent as JSON, with its content type unless the headers name one. */
    body?: unknown;
    /** Sent as it stands, in place of `body`. */
    text?: string;
  };
  reply: {
    status: number;
    /** Only those that matter. */
    headers?: Readonly<Record<string, string>>;
    /** Compared with the order of its members. Left out: not looked at. */
    body?: unknown;
  };
  /** Names for values of the reply's body, for later steps: `{"id": "data.id"}`. */
  keep?: Readonly<Record<string, string>>;
}

/** What goes out for a step. */
export interface ExchangeRequest {
  as: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  text?: string;
}

/** What came back; header names in lower case. */
export interface ExchangeReply {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  text: string;
}

/** One thing that was not as recorded. */
export interface Failure {
  /** Counted from 1. */
  step: number;
  /** `POST /lead/add?...`, as recorded: without the token. */
  request: string;
  /** `status`, `headers.allow`, `body.data.id`. */
  at: string;
  expected: unknown;
  actual: unknown;
}
