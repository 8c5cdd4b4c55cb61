import type { TSchema } from 'typebox';
import { type ApiProblem, Refused } from '../../http/refused.ts';
import { closed, resolveShape } from '../../http/shapes.ts';
import { validatorCompiler } from '../../http/validate.ts';
import { type Issue, invalid, isProblem } from '../../platform/problem.ts';
import { type FilterQuery, issuesOf, savedListQuery } from './lead-filters.ts';

/** A list as a query string, read. */
export type ListQuery = FilterQuery & { sort?: string };

/** Reads the query string of a list, as saved views keep it. Refuses what GET /v1/leads would refuse. */
export function readListQuery(query: string): ListQuery {
  const { error, value } = check(Object.fromEntries(new URLSearchParams(query)));
  const faults = error instanceof Refused ? issuesIn(error.problem) : issuesOf(value as FilterQuery);
  if (faults.length > 0) throw new Refused(invalid(...faults.map((fault) => ({ ...fault, at: `query.${fault.at}` }))));
  const { group: _, ...list } = value as ListQuery & { group?: string };
  return list;
}

type Compile = (route: { schema: TSchema; method: string; url: string; httpPart: string }) => (value: unknown) => {
  error?: unknown;
  value?: unknown;
};

const check = (validatorCompiler(resolveShape) as unknown as Compile)({
  schema: closed(savedListQuery),
  method: 'GET',
  url: '/leads',
  httpPart: 'querystring',
});

function issuesIn(problem: ApiProblem): readonly Issue[] {
  return isProblem(problem) && problem.kind === 'invalid' ? problem.issues : [];
}
