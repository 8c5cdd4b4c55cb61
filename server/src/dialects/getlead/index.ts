import type { Dialect } from '../dialect.ts';
import { credential } from './credential.ts';
import { dealCreation } from './deal.ts';
import { departmentAssign, departmentAssignByParameter } from './department-assign.ts';
import { leadStatus, noteCreation, statusChange } from './known-lead.ts';
import { refuseWith } from './refuse.ts';
import { taskCreation } from './task.ts';
import { websiteContacts } from './website-contacts.ts';
import { leadFields } from './wire.ts';

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
  credential,
  credentialPlace: '`token` in the query or the body; also `Authorization: Bearer` and `X-Api-Key`.',
  fields: leadFields,
  secretNames: { query: ['token'], body: ['token'] },
  refuse: (problem) => refuseWith('error', problem),
  policy: 'merge',
  mergeStyle: 'overwrite',
  repeatsByContent: true,
  cors: {
    methods: ['POST', 'GET'],
    headers: ['Content-Type', 'Authorization', 'X-Requested-With', 'Accept'],
  },
  example: (base, token) =>
    `curl -s -X POST '${base}/api/gl-website-contacts?token=${token}&name=Test&countrycode=91&mobileno=9876543210&source=Website'`,
};
