import type { Command, Endpoint } from '../dialect.ts';
import { getleadEndpoint, type Sent } from './endpoint.ts';
import { departmentId } from './find-by-name.ts';
import { refuseUnknownLead } from './refuse.ts';

const NAME = 'gl-department-vise-agent-assign';
/** Maximum length of a source number. */
const LONGEST = 60;

/** Assigns a phone number, and the leads from it, to a department. The token is part of the documented path. */
export const departmentAssign = getleadEndpoint({
  name: NAME,
  path: `/api/${NAME}/:token`,
  about: 'Assigns a number, and the leads that come from it, to a department.',
  says: 'The source number has been assigned to the specified department.',
  read,
  refuse: refuseUnknownLead,
});

const { about: _, ...unnamed } = departmentAssign;

/** The same endpoint with the token as a parameter, as on all other endpoints. */
export const departmentAssignByParameter: Endpoint = {
  ...unnamed,
  name: `${NAME} (token as parameter)`,
  path: `/api/${NAME}`,
};

function read({ fields, fieldRules, referenceData }: Sent): Command | undefined {
  const sent = fieldRules.requiredText(fields, 'SourceNumber');
  const department = fieldRules.requiredText(fields, 'department');
  const department_id = department && departmentId(referenceData, department);
  if (sent && !(sent.length <= LONGEST && /\p{Nd}/u.test(sent))) fieldRules.fail('SourceNumber', 'bad_phone');
  if (department && !department_id) fieldRules.fail('department', 'unknown_reference');
  if (!sent || !department_id) return undefined;
  return { kind: 'assignDepartment', sourceNumber: { sent }, department_id };
}
