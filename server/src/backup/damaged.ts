import { operatorError } from '../platform/operator-error.ts';

/** The error for a file that is damaged or incomplete. */
export function damaged(path: string, cause?: unknown): Error {
  return operatorError(
    `${path} is not a complete Leadwell backup: it is damaged or cut short. Nothing was changed.`,
    cause,
  );
}
