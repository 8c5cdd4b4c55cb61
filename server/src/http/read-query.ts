import type { TSchema } from 'typebox';
import { type Issue, invalid, isProblem } from '../platform/problem.ts';
import { type ApiProblem, Refused } from './refused.ts';
import { resolveShape } from './shapes.ts';
import { validatorCompiler } from './validate.ts';

type Compile = (route: { schema: TSchema; method: string; url: string; httpPart: string }) => (value: unknown) => {
  error?: unknown;
  value?: unknown;
};

/**
 * Creates a reader for stored query strings, such as those of saved views. It refuses what a route with this schema
 * would refuse, and the issues that `more` finds; fields are named `query.<parameter>`.
 */
export function queryReader<Query>(
  schema: TSchema,
  url: string,
  more: (query: Query) => readonly Issue[] = () => [],
): (query: string) => Query {
  const compile = validatorCompiler(resolveShape) as unknown as Compile;
  const check = compile({ schema, method: 'GET', url, httpPart: 'querystring' });
  return (query) => {
    const { error, value } = check(Object.fromEntries(new URLSearchParams(query)));
    const faults = error instanceof Refused ? issuesIn(error.problem) : more(value as Query);
    if (faults.length > 0)
      throw new Refused(invalid(...faults.map((fault) => ({ ...fault, at: `query.${fault.at}` }))));
    return value as Query;
  };
}

function issuesIn(problem: ApiProblem): readonly Issue[] {
  return isProblem(problem) && problem.kind === 'invalid' ? problem.issues : [];
}
