import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type TSchema } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { Refused } from '../http/refused.ts';
import { contextOf } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { closed, shape, viewShape } from '../http/shapes.ts';
import { reportQuery } from '../leads/views/report-query-shape.ts';
import { isTimeout } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { visibilitySettings } from '../workspaces/access/visibility.ts';
import { agents } from './agents.ts';
import { arrivals } from './arrivals.ts';
import { toCsv } from './csv.ts';
import { forecast } from './forecast.ts';
import { funnel } from './funnel.ts';
import { intakeHealth } from './intake/intake-health.ts';
import { leadsByDay } from './leads-by-day.ts';
import { openFigures } from './open-figures.ts';
import type { Cohort, Figures, Report } from './report.ts';
import { cohortBefore, listQuery, type ReportQuery, readCohort } from './report-query.ts';
import { revenue } from './revenue.ts';
import { sources } from './sources.ts';
import { speedToLead } from './speed-to-lead.ts';
import { statuses } from './statuses.ts';

const all = [leadsByDay, sources, statuses, funnel, speedToLead, agents, intakeHealth, arrivals, revenue, forecast].map(
  (report) => ({
    report: report as unknown as Report,
    view: viewOf(report as unknown as Report),
  }),
);

/** Statement timeout, in ms. */
const PATIENCE = 8_000;

const { route } = routesAbout('Reports');

/** `/v1/reports`: figures about the leads that arrived in a period. */
export function reportRoutes(scope: ApiScope, api: ApiContext): void {
  for (const { report, view } of all)
    scope.get(
      `/reports/${report.name}`,
      route('read reports', report.summary, {
        about: `${report.definition} Members see only leads that are visible to them.`,
        querystring: closed(reportQuery),
        200: inTwoForms(view.ref),
        or: [409],
      }),
      (request, reply) => answer(api, report, request as FastifyRequest<{ Querystring: ReportQuery }>, reply),
    );
}

async function answer(
  api: ApiContext,
  report: Report,
  request: FastifyRequest<{ Querystring: ReportQuery }>,
  reply: FastifyReply,
): Promise<unknown> {
  const { query } = request;
  const { referenceData } = contextOf(request);
  const cohort = readCohort(query, contextOf(request));
  const isTable =
    query.format === 'csv' || (query.format === undefined && /^text\/csv\b/.test(request.headers.accept ?? ''));
  if (isTable) {
    const { from, to } = cohort;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${report.name} ${from} ${to}.csv"`)
      .send(toCsv(report.table(await make(api, report, request, cohort))));
  }
  const before = query.compare && !report.isOfNow && cohortBefore(cohort, referenceData);
  return {
    definition: report.definition,
    from: cohort.from,
    to: cohort.to,
    time_zone: referenceData.workspace.time_zone,
    list: listQuery(cohort),
    ...(await make(api, report, request, cohort)),
    previous: before ? { from: before.from, to: before.to, ...(await make(api, report, request, before)) } : null,
  };
}

/** Computes a report in a transaction that has a timeout and sees only the leads visible to the caller. */
async function make(
  api: ApiContext,
  report: Report,
  request: FastifyRequest,
  cohort: Cohort,
): Promise<Figures<TSchema, TSchema>> {
  const { referenceData, caller, visibility } = contextOf(request);
  const list = (more?: Readonly<Record<string, string>>) => listQuery(cohort, more);
  const settings = { ...visibilitySettings(visibility), statement_timeout: String(PATIENCE) };
  const read = async (tx: Tx) => {
    const figures = await openFigures(tx, referenceData);
    return report.make({ tx, referenceData, cohort: { ...cohort, figures }, list });
  };
  try {
    // In one snapshot, because some leads are in the figures and the others are waiting to be added.
    return await api.reading.tx(caller.workspace_id, read, { settings, oneMoment: true });
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new Refused({
      kind: 'own_conflict',
      code: 'too_much',
      detail: 'There are too many leads in this period to count them in time. Choose a shorter period.',
    });
  }
}

function viewOf({ shape: name, row, totals, definition }: Report) {
  const rows = Type.Array(shape(`${name}Row`, row as ReturnType<typeof Type.Object>).ref);
  const sums = shape(`${name}Totals`, totals as ReturnType<typeof Type.Object>).ref;
  const days = { from: Type.String({ format: 'date' }), to: Type.String({ format: 'date' }) };
  return viewShape(name, definition, {
    definition: Type.String({ description: 'What is counted, in one sentence.' }),
    ...days,
    time_zone: Type.String({ description: 'Time zone in which days begin and end.' }),
    list: Type.String({
      description: 'Query string for GET /v1/leads that lists the leads in question.',
    }),
    rows,
    totals: sums,
    previous: Type.Unsafe({
      anyOf: [Type.Object({ ...days, rows, totals: sums }), { type: 'null' }],
      description: 'The same figures for the preceding period of equal length, when requested.',
    }),
  });
}

function inTwoForms(schema: TSchema): TSchema {
  return {
    description: 'The report.',
    content: { 'application/json': { schema }, 'text/csv': { schema: Type.String() } },
  } as unknown as TSchema;
}
