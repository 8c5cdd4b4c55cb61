import { operatorError } from '../platform/operator-error.ts';

/** What is said of a file that is not, byte for byte, a whole backup. */
export function damaged(path: string, cause?: unknown): Error {
  return operatorError(
    `${path} is not a whole Leadwell backup: it is damaged or cut short. Nothing was changed.`,
    cause,
  );
}
