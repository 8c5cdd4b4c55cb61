import type { paths } from '../api/schema.d.ts';

/** The query parameters of GET /v1/submissions. */
export type JournalQuery = NonNullable<paths['/v1/submissions']['get']['parameters']['query']>;

/** The segments of the journal and the outcomes each stands for. */
export const segments = {
  accepted: 'accepted',
  matched: 'merged,duplicate',
  refused: 'refused',
  failed: 'failed',
  test: 'test',
} as const;
export type SegmentName = keyof typeof segments;

/** The time spans to choose from; if none is chosen, the server applies its default. */
export const spans = { '1': 'Last 24 hours', '7': 'Last 7 days', '30': 'Last 30 days', '90': 'Last 90 days' } as const;
export const USUAL_SPAN = '30';
export type Span = keyof typeof spans;

/** Filters that are plain text in the URL. */
const textFilters = [
  'dialect',
  'token',
  'path',
  'status',
  'problem',
  'field',
  'phone',
  'email',
  'request',
  'lead',
] as const;
type TextFilter = (typeof textFilters)[number];

/** The search parameters of the journal. */
export type JournalSearch = { [F in TextFilter]?: string } & {
  outcome?: SegmentName;
  days?: Span;
  /** A custom range in place of a span, in local time. */
  from?: string;
  to?: string;
  /** Include requests that members made in the web app. */
  members?: true;
  /** Include dismissed requests. */
  aside?: true;
  /** Group equal errors. */
  group?: true;
  /** The request shown in the drawer. */
  open?: string;
  /** The job whose results are shown. */
  job?: string;
};

const MINUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** Reads the search parameters; invalid ones are ignored. */
export function readSearch(sent: Record<string, unknown>): JournalSearch {
  const search: JournalSearch = {};
  for (const name of [...textFilters, 'open', 'job'] as const) {
    const value = sent[name];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') search[name] = String(value);
  }
  for (const name of ['members', 'aside', 'group'] as const) if (sent[name] === true) search[name] = true;
  const outcome = String(sent['outcome'] ?? '');
  if (outcome in segments) search.outcome = outcome as SegmentName;
  const days = String(sent['days'] ?? '');
  if (days in spans && days !== USUAL_SPAN) search.days = days as Span;
  for (const name of ['from', 'to'] as const) {
    const minute = sent[name];
    if (typeof minute === 'string' && MINUTE.test(minute) && !Number.isNaN(Date.parse(minute))) search[name] = minute;
  }
  return search;
}

/** The filters as the API takes them, without the segment, because the counts span all segments. */
export function filterOf(search: JournalSearch): JournalQuery {
  const { dialect, token, path, status, problem, field, phone, email, request, lead } = search;
  const code = Number(status);
  const query: JournalQuery = {
    ...(dialect && { dialect }),
    ...(token && { token }),
    ...(path && { path }),
    ...(Number.isInteger(code) && code > 0 && { status_code: code }),
    ...(problem && { problem }),
    ...(field && { field }),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(request && { request_id: request }),
    ...(lead && { lead_id: lead }),
    ...(search.members && { by: 'all' }),
    ...(!search.aside && !request && { dismissed: false }),
  };
  return query;
}

/** Turns grouping on or off; only refused and failed requests are grouped. */
export function grouped(on: boolean): { group: true | undefined; outcome?: undefined } {
  return on ? { group: true, outcome: undefined } : { group: undefined };
}

const DAY = 86_400_000;

/** The time range to request. The range of a span moves with the clock, so it cannot be part of a query key. */
export function since(search: JournalSearch): JournalQuery {
  const { from, to } = search;
  if (from || to) return { ...(from && { from: instantOf(from) }), ...(to && { to: instantOf(to) }) };
  return search.days ? { from: new Date(Date.now() - Number(search.days) * DAY).toISOString() } : {};
}

function instantOf(minute: string): string {
  return new Date(minute).toISOString();
}

/** A moment in the format of datetime-local inputs. */
export function minuteOf(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Clears the span and the custom time range. */
export const noTimes = { days: undefined, from: undefined, to: undefined } as const;

/** The active filters in words, for the chips that remove them. */
export function chipsOf(search: JournalSearch): { name: keyof JournalSearch; words: string }[] {
  const words: { [F in TextFilter]: string } = {
    dialect: 'Via',
    token: 'Token',
    path: 'Path contains',
    status: 'Status code',
    problem: 'Error code',
    field: 'Field',
    phone: 'Phone',
    email: 'Email',
    request: 'Request',
    lead: 'Lead',
  };
  const chips: { name: keyof JournalSearch; words: string }[] = textFilters
    .filter((name) => search[name] && name !== 'dialect')
    .map((name) => ({ name, words: `${words[name]}: ${search[name]}` }));
  if (search.members) chips.push({ name: 'members', words: 'Including requests from the web app' });
  if (search.aside) chips.push({ name: 'aside', words: 'Including dismissed requests' });
  return chips;
}

/** Guesses what was typed into the search box: an email, a request id, a phone or part of a path. */
export function readBox(typed: string): JournalSearch {
  const text = typed.trim();
  if (text === '') return {};
  if (text.includes('@')) return { email: text };
  const id = text.split('/').at(-1) ?? '';
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) || /^sub_[0-9a-z]{26}$/.test(id)) return { request: id };
  if (/^[+\d][\d\s().-]{4,}$/.test(text)) return { phone: text };
  return { path: text };
}

/** The filters in the form that request bodies take. */
export function narrowed(search: JournalSearch): JournalQuery {
  return { ...filterOf(search), ...since(search) };
}
