import type { TSchema } from 'typebox';
import type { ApiProblem } from '../../http/refused.ts';
import { Refused } from '../../http/refused.ts';
import { closed, resolveShape } from '../../http/shapes.ts';
import { validatorCompiler } from '../../http/validate.ts';
import { type Issue, isProblem } from '../../platform/problem.ts';
import { type FilterQuery, issuesOf, leadListQuery } from '../list/lead-filters.ts';

type Compile = (route: { schema: TSchema; method: string; url: string; httpPart: string }) => (value: unknown) => {
  error?: unknown;
};

const check = (validatorCompiler(resolveShape) as unknown as Compile)({
  schema: closed(leadListQuery),
  method: 'GET',
  url: '/leads',
  httpPart: 'querystring',
});

/** Errors in a filter query string; empty if GET /v1/leads would accept it. */
export function faultsOfFilter(query: string): readonly Issue[] {
  const values = Object.fromEntries(new URLSearchParams(query));
  const { error } = check(values);
  if (!(error instanceof Refused)) return issuesOf(values as FilterQuery);
  const problem: ApiProblem = error.problem;
  return isProblem(problem) && problem.kind === 'invalid' ? problem.issues : [];
}
