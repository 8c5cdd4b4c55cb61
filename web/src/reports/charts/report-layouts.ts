import type { ReportName, Reports } from '../api/get-reports.ts';

interface ReportLayout<N extends ReportName> {
  title: string;
  /** The width, in columns of a grid of twelve. */
  span: 4 | 5 | 6 | 7 | 8 | 12;
  /** True if there is nothing to draw. */
  isEmpty: (report: Reports[N]) => boolean;
  /** What is missing if the report is empty, in words; leads by default. */
  nothing?: string;
}

const hasNoLeads = ({ totals }: { totals: { leads: number } }) => totals.leads === 0;
const hasNoRows = ({ rows }: { rows: readonly unknown[] }) => rows.length === 0;

/** How each report is shown. */
export const reportLayouts: { readonly [N in ReportName]: ReportLayout<N> } = {
  'leads-by-day': { title: 'Leads by day', span: 8, isEmpty: hasNoLeads },
  sources: { title: 'Leads by source', span: 4, isEmpty: hasNoLeads },
  statuses: { title: 'Leads by current status', span: 6, isEmpty: hasNoLeads },
  funnel: { title: 'Funnel', span: 6, isEmpty: hasNoLeads },
  'speed-to-lead': { title: 'Speed to lead', span: 6, isEmpty: hasNoLeads },
  intake: { title: 'Intake health', span: 6, isEmpty: hasNoRows, nothing: 'requests' },
  agents: { title: 'Agents', span: 7, isEmpty: hasNoRows, nothing: 'calls or leads of members' },
  arrivals: { title: 'Arrivals and first replies', span: 5, isEmpty: ({ totals }) => totals.arrivals === 0 },
  revenue: { title: 'Revenue', span: 6, isEmpty: ({ totals }) => totals.deals === 0, nothing: 'deals won' },
  forecast: { title: 'Forecast', span: 6, isEmpty: () => false },
};
