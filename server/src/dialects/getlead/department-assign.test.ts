import { describe, expect, it } from 'vitest';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { type Endpoint, isProblem } from '../dialect.ts';
import { departmentAssign, departmentAssignByParameter } from './department-assign.ts';

const sales = { id: 'dept', name: 'Sales', alternative_code: null, description: null, member_ids: [] };
const referenceData = makeReferenceData(
  { id: 'w', name: 'Test', region: 'IN', time_zone: 'UTC' },
  { department: [sales] },
);

function ask(endpoint: Endpoint, value: Record<string, unknown>) {
  const wire = { method: 'POST', path: '/', params: { token: 'gl_x' }, query: [], headers: {}, text: '' };
  const body = { kind: 'json', value } as const;
  return endpoint.read({ ...wire, body }, { referenceData, region: 'IN', now: new Date('2026-01-05T10:00:00Z') });
}

describe('gl-department-vise-agent-assign', () => {
  it.each([departmentAssign, departmentAssignByParameter])('reads a number and a department at $path', (endpoint) => {
    expect(ask(endpoint, { SourceNumber: 4234000000, department: 'sales' })).toEqual({
      kind: 'assignDepartment',
      sourceNumber: { sent: '4234000000' },
      department_id: 'dept',
    });
  });

  it.each([
    [{ SourceNumber: '4234000000' }],
    [{ department: 'Sales' }],
    [{ SourceNumber: '4234000000', department: 'None' }],
    [{ SourceNumber: 'abc', department: 'Sales' }],
  ])('asks to check the parameters %j', (fields) => {
    const problem = ask(departmentAssign, fields);
    expect(isProblem(problem) && departmentAssign.refuse?.(problem)).toEqual({
      status: 200,
      body: { status: 'error', message: 'Please check the parameters.' },
    });
  });
});
