import type { Dialect, Wire } from '../dialect.ts';
import { dealCreation } from './deal.ts';
import { departmentAssign, departmentAssignByParameter } from './department-assign.ts';
import { leadStatus, noteCreation, statusChange } from './known-lead.ts';
import { refuseWith } from './refuse.ts';
import { taskCreation } from './task.ts';
import { websiteContacts } from './website-contacts.ts';
import { leadFields, tokensIn } from './wire.ts';

/** Getlead CRM's GL Connect API. */
export const getlead: Dialect = {
  name: 'getlead',
  title: 'Getlead CRM (GL Connect)',
  tokenPrefix: 'gl_',
  bodies: 'json_or_form',
  prefixes: ['/api'],
  endpoints: [
    websiteContacts,
    taskCreation,
    noteCreation,
    statusChange,
    dealCreation,
    departmentAssign,
    departmentAssignByParameter,
    leadStatus,
  ],
  credentials,
  credentialPlace: '`token` in the query or the body; also `Authorization: Bearer` and `X-Api-Key`.',
  fields: leadFields,
  secretNames: { query: ['token'], body: ['token'] },
  refuse: (problem) => refuseWith('error', problem),
  policy: 'merge',
  mergeStyle: 'overwrite',
  repeatsByContent: true,
  createsFields: true,
  cors: {
    methods: ['POST', 'GET'],
    headers: ['Content-Type', 'Authorization', 'X-Requested-With', 'Accept'],
  },
  example: (base, token) =>
    `curl -s -X POST '${base}/api/gl-website-contacts?token=${token}&name=Test&countrycode=91&mobileno=9876543210&source=Website'`,
};

/**
 * On one endpoint the token is part of the path and the token parameter is ignored; on the others it is a parameter of
 * the body or query. A header is accepted too. A path that does not contain a token, such as a placeholder left
 * unfilled, does not hide the parameter.
 */
function credentials(wire: Wire): string[] {
  const inPath = wire.params['token']?.trim() ?? '';
  if (inPath.startsWith('gl_')) return [inPath];
  const found = tokensIn(wire);
  const isFound = found.some(Boolean);
  const [, scheme, value] = /^\s*(?:(token|bearer)\s+)?(\S+)\s*$/i.exec(wire.headers['authorization'] ?? '') ?? [];
  // Some clients add a header with the scheme Token next to the parameter; the vendor ignores it.
  const authorization = isFound && scheme?.toLowerCase() !== 'bearer' ? undefined : value;
  const others = [authorization, wire.headers['x-api-key']?.trim(), isFound ? undefined : inPath];
  return [...found, ...others].flatMap((sent) => sent || []);
}
