import type { components } from './schema.d.ts';

type Words = components['schemas']['Problem'];

/** A request that was refused or did not arrive: what people are told about it. */
export class Problem extends Error {
  override name = 'Problem';
  /** 0 when the server could not be reached. */
  readonly status: number;
  readonly type: string;
  readonly detail: string | undefined;
  /** Under which the server kept the request; people quote it when they ask for help. */
  readonly requestId: string | undefined;
  /** The values at fault, by field. */
  readonly errors: Words['errors'];

  constructor(status: number, words: Partial<Words>, requestId?: string | null) {
    super(words.detail ?? words.title ?? wordsOf(status));
    this.status = status;
    this.type = words.type ?? 'about:blank';
    this.detail = words.detail;
    this.requestId = requestId ?? words.instance;
    this.errors = words.errors ?? [];
  }

  /** The sentence about one field, for the form that holds it. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.detail;
  }
}

/** What a proxy in between answers says nothing to people. */
function wordsOf(status: number): string {
  return status >= 502 && status <= 504 ? 'The server is away for the moment.' : `The server answered ${status}.`;
}

/** Whatever went wrong, as a Problem: browsers have words of their own for a request that did not arrive. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError)
    return new Problem(0, { title: navigator.onLine ? 'The server cannot be reached.' : 'There is no connection.' });
  if (error instanceof SyntaxError) return new Problem(0, { title: 'The answer did not arrive whole.' });
  return new Problem(0, { title: error instanceof Error ? error.message : 'Something went wrong.' });
}

/** Reads what a refusing answer says; one that is no problem document still has its status. */
export async function readProblem(response: Response): Promise<Problem> {
  const words = (await response
    .clone()
    .json()
    .catch(() => ({}))) as Partial<Words>;
  return new Problem(response.status, words, response.headers.get('x-request-id'));
}
