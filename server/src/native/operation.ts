import type { TSchema } from 'typebox';
import type { Command } from '../intake/command.ts';
import type { Result } from '../intake/result.ts';
import type { Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

/** A request of `/v1` that goes through intake, freed of the framework: it can be read again from the journal. */
export interface Operation<Body = unknown> {
  method: 'POST' | 'PATCH' | 'DELETE';
  /** Fastify path pattern below `/v1`. */
  path: string;
  /** Who may ask for it; `work leads` if not said. */
  policy?: PolicyName;
  /** What its body must be; undefined when it has none. */
  body?: { schema: TSchema; ref: TSchema };
  /** Reads it. Pure. */
  read(asked: Asked<Body>, reader: Reader): Command | Problem;
  /** Words what came of it. Pure. */
  answer(result: Result, done: Done): WireReply;
}

/** What was sent. */
export interface Asked<Body> {
  /** `:id` of its path; '' where the path has none. */
  id: string;
  body: Body;
  /** Lower-case names. */
  headers: Readonly<Record<string, unknown>>;
}

/** What may be known when reading. */
export interface Reader {
  caller: Pick<Caller, 'may_extend' | 'region'>;
  referenceData: ReferenceData;
}

/** What may be known when wording the answer. */
export interface Done {
  command: Command | Problem;
  /** With all that was made on the way. */
  referenceData: ReferenceData;
  actor: string;
  at: Date;
}
