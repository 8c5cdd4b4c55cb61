import type { Outcome } from '../intake/result.ts';
import type { Problem } from '../platform/problem.ts';

/** A submission as the journal's list shows it. */
export interface SubmissionLine {
  id: string;
  dialect: string;
  token_id: string | null;
  member_id: string | null;
  received_at: Date;
  method: string;
  path: string;
  command: string | null;
  outcome: Outcome;
  problem: Problem | null;
  status_code: number;
  lead_id: string | null;
  took_ms: number;
  dismissed_at: Date | null;
}

/** What is told of a submission besides: the names of what it points to. */
export interface SubmissionNames {
  token_name: string | null;
  token_hint: string | null;
  lead_name: string | null;
  replayed: boolean;
}

/** A submission with its request and answer. */
export interface Submission extends SubmissionLine {
  address: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer | null;
  answer: string;
  answer_bytes: number;
}
