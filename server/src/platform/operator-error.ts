/** An error whose message is a complete sentence for the person running Leadwell, printed without a stack. */
export function operatorError(message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = 'OperatorError';
  return error;
}

/** True for errors created by `operatorError`: the command line prints only their message and exits with 1. */
export function isOperatorError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'OperatorError';
}
