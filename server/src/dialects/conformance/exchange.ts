/**
 * A recorded exchange: what a vendor's client sends and the replies it must get, as a JSON file in the dialect's
 * folder. Each file is one scenario, whose steps run in order on a fresh workspace.
 */
export interface Scenario {
  title: string;
  steps: readonly Step[];
}

export interface Step {
  request: {
    /** The dialect whose server and token are used; by default the folder's own. `native` is our own API. */
    as?: string;
    method: string;
    /** Path and query as sent. */
    url: string;
    headers?: Readonly<Record<string, string>>;
    /** Sent as JSON, with the JSON content type unless the headers name another. */
    body?: unknown;
    /** Sent verbatim instead of `body`. */
    text?: string;
  };
  reply: {
    status: number;
    /** Headers to compare; any others are ignored. */
    headers?: Readonly<Record<string, string>>;
    /** Compared including the order of members; not compared when absent. */
    body?: unknown;
  };
  /** Saves values from the reply's body as variables for later steps: `{"id": "data.id"}`. */
  keep?: Readonly<Record<string, string>>;
}

/** The request of a step. */
export interface ExchangeRequest {
  as: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  text?: string;
}

/** The reply to a step; header names in lower case. */
export interface ExchangeReply {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  text: string;
}

/** A difference between the recorded and the actual reply. */
export interface Failure {
  /** Counted from 1. */
  step: number;
  /** Method and URL as recorded, before the token is filled in: `POST /lead/add?...` */
  request: string;
  /** Path of the value: `status`, `headers.allow`, `body.data.id`. */
  at: string;
  expected: unknown;
  actual: unknown;
}
