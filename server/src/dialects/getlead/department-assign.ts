import { type Command, type Endpoint, invalid, type Problem, type ReadContext, type Wire } from '../dialect.ts';
import { FieldRules } from '../field-rules.ts';
import { departmentId } from './find-by-name.ts';
import { refuseUnknownLead, success } from './refuse.ts';
import { parameters } from './wire.ts';

const NAME = 'gl-department-vise-agent-assign';
/** Maximum length of a source number. */
const LONGEST = 60;

/** Assigns a phone number, and the leads from it, to a department. The token is part of the documented path. */
export const departmentAssign: Endpoint = {
  name: NAME,
  methods: ['GET', 'POST'],
  path: `/api/${NAME}/:token`,
  about: 'Assigns a number, and the leads that come from it, to a department.',
  read,
  answer: () => success('The source number has been assigned to the specified department.'),
  refuse: refuseUnknownLead,
};

const { about: _, ...unnamed } = departmentAssign;

/** The same endpoint with the token as a parameter, as on all other endpoints. */
export const departmentAssignByParameter: Endpoint = {
  ...unnamed,
  name: `${NAME} (token as parameter)`,
  path: `/api/${NAME}`,
};

function read(wire: Wire, { referenceData }: ReadContext): Command | Problem {
  const fields = parameters(wire);
  const fieldRules = new FieldRules();
  const sent = fieldRules.requiredText(fields, 'SourceNumber');
  const department = fieldRules.requiredText(fields, 'department');
  const department_id = department && departmentId(referenceData, department);
  if (sent && !(sent.length <= LONGEST && /\p{Nd}/u.test(sent))) fieldRules.fail('SourceNumber', 'bad_phone');
  if (department && !department_id) fieldRules.fail('department', 'unknown_reference');
  if (!sent || !department_id || fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
  return { kind: 'assignDepartment', sourceNumber: { sent }, department_id };
}
