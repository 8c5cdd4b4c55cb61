import type { components } from './schema.d.ts';

type Words = components['schemas']['Problem'];

/** A request that was refused or never reached the server, with the message for the user. */
export class Problem extends Error {
  override name = 'Problem';
  /** 0 if the server could not be reached. */
  readonly status: number;
  readonly type: string;
  readonly detail: string | undefined;
  /** The id under which the server stored the request, to quote when asking for help. */
  readonly requestId: string | undefined;
  /** The invalid values, by field. */
  readonly errors: Words['errors'];

  constructor(status: number, words: Partial<Words>, requestId?: string | null) {
    super(words.detail ?? words.title ?? wordsOf(status));
    this.status = status;
    this.type = words.type ?? 'about:blank';
    this.detail = words.detail;
    this.requestId = requestId ?? words.instance;
    this.errors = words.errors ?? [];
  }

  /** Whether the server refused the request, so that sending the same again would be no use. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500;
  }

  /** The error message for one field, to be shown beside it. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.detail;
  }
}

/** The message for a response without a problem document, such as the error page of a proxy. */
function wordsOf(status: number): string {
  return status >= 502 && status <= 504
    ? 'The server is temporarily unavailable.'
    : `The server returned error ${status}.`;
}

/** Turns any error into a Problem. Browsers word network failures differently, so those get our own message. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError)
    return new Problem(0, { title: navigator.onLine ? 'The server could not be reached.' : 'You are offline.' });
  if (error instanceof SyntaxError) return new Problem(0, { title: 'The response was incomplete.' });
  return new Problem(0, { title: error instanceof Error ? error.message : 'Something went wrong.' });
}

/** Reads an error response; if it is not a problem document, only its status is kept. */
export async function readProblem(response: Response): Promise<Problem> {
  const words = (await response
    .clone()
    .json()
    .catch(() => ({}))) as Partial<Words>;
  return new Problem(response.status, words, response.headers.get('x-request-id'));
}
