import type { Outcome } from '../intake/result.ts';
import type { Problem } from '../platform/problem.ts';

/** A submission in the journal's list. */
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
  /** When and why the contents of request and response were removed; null while they are there. */
  removed_at: Date | null;
  removed_because: 'retention' | 'erasure' | null;
}

/** Names of the records that a submission refers to. */
export interface SubmissionNames {
  token_name: string | null;
  token_hint: string | null;
  lead_name: string | null;
  replayed: boolean;
}

/** A submission with its request and response. */
export interface Submission extends SubmissionLine {
  address: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer | null;
  /** Size and digest of a body that was removed. */
  body_bytes: number | null;
  body_sha256: Buffer | null;
  answer: string;
  answer_bytes: number;
}
