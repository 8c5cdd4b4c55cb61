import { Compile } from 'typebox/compile';
import { parseBody } from '../http/parse-body.ts';
import { wordProblem } from '../http/problem-words.ts';
import { toIssues } from '../http/validate.ts';
import type { Command } from '../intake/command.ts';
import type { ReadAgain } from '../journal/replay.ts';
import type { Submission } from '../journal/submission.ts';
import { invalid, type Problem } from '../platform/problem.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { actorOf } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Operation, Reader } from './operation.ts';
import { operations } from './operations.ts';

interface Parts {
  referenceData(workspaceId: string): Promise<ReferenceData>;
  senderOf(workspaceId: string, tokenId: string | null, dialect: string): Promise<Caller>;
}

/** Reads kept requests of our own API again, for a replay. */
export function readNativeAgain(parts: Parts): ReadAgain {
  return async (workspaceId, submission, body) => {
    const caller = await parts.senderOf(workspaceId, submission.token_id, submission.dialect);
    const referenceData = await parts.referenceData(workspaceId);
    const { operation, id } = findOperation(submission);
    const request: Command | Problem = operation
      ? readKept(operation, id, submission, body, { caller, referenceData })
      : { kind: 'not_found', what: 'path' };
    const instance = `/v1/submissions/${submission.id}`;
    const done = { command: request, referenceData, actor: actorOf({ caller }), at: submission.received_at };
    return {
      caller,
      request,
      words: {
        answer: (result) => operation?.answer(result, done) ?? { status: 500, body: undefined },
        refuse: (problem) => wordProblem(problem, instance),
      },
    };
  };
}

function findOperation({ method, path }: Submission): { operation?: Operation<never>; id: string } {
  const sent = path.split('/').filter((part) => part !== '');
  for (const operation of operations) {
    const wanted = `v1${operation.path}`.split('/');
    const matches =
      wanted.length === sent.length && wanted.every((part, at) => part.startsWith(':') || part === sent[at]);
    if (operation.method === method && matches) return { operation, id: sent[wanted.indexOf(':id')] ?? '' };
  }
  return { id: '' };
}

function readKept(
  operation: Operation<never>,
  id: string,
  { headers }: Submission,
  bytes: Buffer | null,
  reader: Reader,
): Command | Problem {
  const { value, problem } = parseBody(bytes ?? Buffer.alloc(0), headers);
  if (problem) return problem;
  if (operation.body) {
    const validator = Compile(operation.body.schema);
    if (!validator.Check(value)) return invalid(...toIssues(validator.Errors(value)));
  }
  return operation.read({ id, body: value as never, headers }, reader);
}
