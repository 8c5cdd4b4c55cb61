import type { Reply } from './world.ts';

/** The names of leads, or their number. */
export type Answer = string[] | number | undefined;
type Body = Reply['body'];

export const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0);

export function namesOf(rows: readonly { name: string | null }[]): string[] {
  return rows.map(({ name }) => name ?? '').sort();
}

const data = (body: Body) => namesOf(body.data);
const rows = (of: string) => (body: Body) => sumOf(body.rows, (row: Record<string, number>) => row[of] ?? 0);

/** For each route whose answer depends on visibility, the part of the answer that tells which leads it covers. */
export const readVisible: Readonly<Record<string, (body: Body) => Answer>> = {
  '/leads': data,
  '/leads?sort=oldest': data,
  '/leads?sort=next_step': data,
  '/leads?sort=-name': data,
  '/leads/facets?by=tag': (body) => sumOf(body.data, ({ count }: Body) => count),
  '/leads?q=shared': data,
  '/leads?q=s': data,
  '/leads?email=shared@example.com': data,
  '/leads?lacks=source': data,
  '/leads/count': ({ count }) => count,
  '/leads/count?q=shared': ({ count }) => count,
  '/leads/{lead}/possible-duplicates': (body) =>
    namesOf([{ name: 'Shared mine' }, ...body.data.map(({ lead }: Body) => lead)]),
  '/board': ({ columns }) => sumOf(columns, ({ count }: Body) => count),
  '/board?by=deal_stage': ({ columns }) => sumOf(columns, ({ count }: Body) => count),
  '/board?lacks=source': ({ columns }) => namesOf(columns.flatMap(({ cards }: Body) => cards)),
  '/board/{status}/cards': ({ cards }) => namesOf(cards),
  '/deals': data,
  '/deals?q=shared': data,
  '/deals/summary': (body) => body.open_count,
  '/tasks': data,
  '/tasks?when=due': data,
  '/tasks/counts': ({ overdue }) => overdue,
  '/calls': (body) => body.data.length,
  '/calls/queue': (body) => body.in_queue,
  '/calls/list': (body) => body.to_call + sumOf(body.passed_over, ({ count }: Body) => count),
  '/badges': (body) => body.calls_due,
  '/reports/leads-by-day': rows('leads'),
  '/reports/sources': rows('leads'),
  '/reports/statuses': rows('leads'),
  '/reports/forecast': (body) => body.totals.deals,
  '/reports/funnel': (body) => body.totals.leads,
  '/reports/speed-to-lead': (body) => body.totals.leads,
  '/reports/arrivals': rows('arrivals'),
  '/reports/agents': (body) => body.totals.calls,
};
