import type { Problem } from '../../platform/problem.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Book } from '../../workspaces/book.ts';
import type { Reading } from '../../workspaces/reference/reading-rule.ts';
import type { Caller } from '../arrival.ts';
import type { Command, CommandKind } from '../command.ts';
import type { Result } from '../result.ts';

/** The circumstances under which a command is performed. */
export interface Circumstances {
  caller: Caller;
  /** The kept request that asks for it; null: it is asked for by none. */
  submissionId: string | null;
  book: Book;
  actor: string;
  now: Date;
  /** What was read as something else, by rules of the workspace. */
  readings?: readonly Reading[] | undefined;
}

/** What came of it. */
export interface Performed {
  result: Result;
  lead_id: string | null;
}

/** Performs one kind of command in the transaction it is given; refuses with a Problem, never by throwing. */
export type Performer<K extends CommandKind> = (
  tx: Tx,
  command: Extract<Command, { kind: K }>,
  circumstances: Circumstances,
) => Promise<Performed | Problem>;

export const leadNotFound: Problem = { kind: 'not_found', what: 'lead' };
