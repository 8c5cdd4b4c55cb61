import { getAllTimezones } from 'countries-and-timezones';
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { Refused } from '../http/refused.ts';
import { changingSettings, contextOf } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, oneOf, viewShape, wholeOrNull } from '../http/shapes.ts';
import { callingCodeOf, isRegion, regions } from '../platform/phone/numbering.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import { callingHoursChoices, closedLeadEnquires, type ReferenceData } from '../workspaces/reference-data.ts';
import { changeWorkspace } from '../workspaces/workspace-store.ts';

const { route, writeRoute } = routesAbout('Workspace');

const fields = {
  name: Type.String({ minLength: 1, maxLength: 200, description: 'Name. CRM.COM clients use it to sign in.' }),
  region: Type.String({ description: 'Country (ISO 3166-1 alpha-2) for phone numbers without a country code.' }),
  time_zone: Type.String({ description: 'IANA time zone name: Europe/Nicosia.' }),
  currency: Type.String({ description: 'Currency of new deals (ISO 4217).' }),
  closed_lead_enquires: oneOf(
    closedLeadEnquires,
    'What happens when a won, lost or cancelled lead enquires again: a next step is planned, or it is reopened.',
  ),
  calling_hours: oneOf(
    callingHoursChoices,
    'When leads may be called if their type sets no hours: during the lawful hours of their country, or at any time.',
  ),
  requests_per_minute: wholeOrNull(
    "Requests a minute that each token and member may send, up to the server's own limit. null for the server's limit.",
    { minimum: 1, maximum: 10_000_000 },
  ),
};
const workspaceView = viewShape('WorkspaceView', 'A workspace, with the data of one company.', {
  id: Type.String(),
  ...fields,
});
const workspacePatch = bodyShape('WorkspacePatch', 'Fields that are omitted stay unchanged.', {
  ...Type.Partial(Type.Object(fields)).properties,
});
const named = (description: string) =>
  Type.Array(Type.Object({ code: Type.String(), name: Type.String() }), { description });
const workspaceChoices = viewShape('WorkspaceChoices', 'Values that can be chosen for a workspace.', {
  regions: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      calling_code: Type.String({ description: 'Country calling code, without a plus.' }),
    }),
    { description: 'Countries (ISO 3166-1 alpha-2), sorted by name.' },
  ),
  time_zones: Type.Array(Type.String(), { description: 'IANA time zone names.' }),
  currencies: named('Currencies (ISO 4217).'),
});

/** `/v1/workspace`: read and update the workspace, and list the values that can be chosen. */
export function workspaceRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get('/workspace', route('read settings', 'Get the workspace', { 200: workspaceView.ref }), async (request) =>
    view(contextOf(request).referenceData),
  );
  scope.get(
    '/workspace/choices',
    route('read settings', 'List values that can be chosen for a workspace', { 200: workspaceChoices.ref }),
    async () => choices,
  );
  scope.patch(
    '/workspace',
    writeRoute('administer', 'Update the workspace', { body: workspacePatch.ref, 200: workspaceView.ref }),
    async (request) => change(request.body, request, api),
  );
}

async function change(body: Static<typeof workspacePatch.schema>, request: FastifyRequest, api: ApiContext) {
  const issues = check(body);
  if (issues.length > 0) throw new Refused(invalid(...issues));
  const { referenceData } = contextOf(request);
  const { id, ...kept } = view(referenceData);
  const changed = { ...kept, ...body, name: (body.name ?? kept.name).trim() };
  await changingSettings(api, request, async (tx) => {
    await changeWorkspace(tx, changed);
    await auditRequest(tx, request, 'workspace_changed', body);
  });
  return { id, ...changed };
}

const nameOf = (type: 'region' | 'currency') => {
  const names = new Intl.DisplayNames('en', { type });
  return (code: string) => ({ code, name: names.of(code) ?? code });
};
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en');
const choices: Static<typeof workspaceChoices.schema> = {
  regions: regions
    .map(nameOf('region'))
    .map((region) => ({ ...region, calling_code: callingCodeOf(region.code) ?? '' }))
    .sort(byName),
  time_zones: ['UTC', ...[...new Set([...Intl.supportedValuesOf('timeZone'), ...citiesOfToday()])].sort()],
  currencies: Intl.supportedValuesOf('currency').map(nameOf('currency')),
};

/**
 * Current names of time zones, such as Asia/Kolkata. Node.js accepts these, but lists some zones only under
 * former names.
 */
function citiesOfToday(): string[] {
  return Object.keys(getAllTimezones()).filter((name) => !name.startsWith('Etc/') && isTimeZone(name));
}

/** True for a zone that is named after a place, and for UTC. */
function isTimeZone(text: string): boolean {
  if (!/^(?:UTC|[A-Za-z]+(?:\/[\w+-]+)+)$/.test(text)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}

const currencies = new Set(choices.currencies.map(({ code }) => code));

function check({ name, region, time_zone, currency }: Static<typeof workspacePatch.schema>): Issue[] {
  const issues: Issue[] = [];
  if (name?.trim() === '') issues.push({ at: 'name', code: 'required' });
  if (region !== undefined && !isRegion(region)) issues.push({ at: 'region', code: 'not_in_list' });
  if (time_zone !== undefined && !isTimeZone(time_zone)) issues.push({ at: 'time_zone', code: 'not_in_list' });
  if (currency !== undefined && !currencies.has(currency)) issues.push({ at: 'currency', code: 'not_in_list' });
  return issues;
}

function view({ workspace }: ReferenceData): Static<typeof workspaceView.schema> {
  const { id, name, region, time_zone, currency = '' } = workspace;
  const { closed_lead_enquires = 'next_step', requests_per_minute = null, calling_hours = 'lawful' } = workspace;
  return { id, name, region, time_zone, currency, closed_lead_enquires, calling_hours, requests_per_minute };
}
