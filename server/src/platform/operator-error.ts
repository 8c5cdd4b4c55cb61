/** An error whose message is a complete sentence for the person who runs Leadwell: print it without a stack. */
export function operatorError(message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = 'Refusal';
  return error;
}

/** True for errors made by `refusal`: the command line prints their message alone and exits with 1. */
export function isOperatorError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Refusal';
}
