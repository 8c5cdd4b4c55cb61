import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Pairs } from '../dialect.ts';
import { commandOf, contents, endpointOf, refusalOf, wire } from './sample.ts';

const context = {
  referenceData: makeReferenceData(sampleWorkspace, contents),
  region: 'GB',
  now: new Date('2026-05-04T10:00:00Z'),
};
const create = (body: unknown) => endpointOf('create').read(wire(body), context);
const form = (pairs: Pairs) =>
  endpointOf('create').read(wire(undefined, { body: { kind: 'form', pairs }, text: 'form' }), context);

describe('values of the wrong type', () => {
  it.each([
    [{ lead_name: 7 }, 'lead_name', 'parameter_invalid_string'],
    [{ email_id: ['a@b.com'] }, 'email_id', 'parameter_invalid_string'],
    [{ fax: { n: 1 } }, 'fax', 'parameter_invalid_string'],
    [{ mobile_no: 447840258823 }, 'mobile_no', 'parameter_invalid_string'],
    [{ title: true }, 'title', 'parameter_invalid_string'],
    [{ unsubscribed: 'true' }, 'unsubscribed', 'parameter_invalid_boolean'],
    [{ disabled: 1 }, 'disabled', 'parameter_invalid_boolean'],
    [{ annual_revenue: '1000' }, 'annual_revenue', 'parameter_invalid_number'],
    [{ annual_revenue: 1e15 }, 'annual_revenue', 'parameter_too_big'],
    [{ annual_revenue: -1e15 }, 'annual_revenue', 'parameter_too_small'],
    [{ city: 'x'.repeat(10_001) }, 'city', 'parameter_too_long'],
    [{ disabled: 1, city: 2, lead_name: 3 }, 'lead_name', 'parameter_invalid_string'],
  ])('are refused: %j', (body, param, code) => {
    const { status, body: words } = refusalOf(create(body));
    expect(status).toBe(400);
    expect(words).toMatchObject({ error: { type: 'invalid_request_error', param, code } });
    expect(Object.keys((words as { error: object }).error)).toEqual(['type', 'message', 'param', 'code']);
  });

  it.each([[[]], ['x'], [3], [true], [null]])('include a body of %j, which is refused', (body) => {
    expect(refusalOf(create(body))).toEqual({
      status: 400,
      body: {
        error: {
          type: 'invalid_request_error',
          message: 'The request body must be a JSON object.',
          param: null,
          code: 'body_invalid',
        },
      },
    });
  });

  it('are converted from text in forms, which have no types', () => {
    const command = commandOf(
      'createLead',
      form([
        ['lead_name', 'old'],
        ['lead_name', 'x'],
        ['unsubscribed', '1'],
        ['disabled', 'False'],
        ['annual_revenue', ' 12.50 '],
        ['blog_subscriber', ''],
      ]),
    );
    expect(command.draft.values).toEqual({ name: 'x', unsubscribed: true, annual_revenue: 12.5 });
    expect(command.draft.dialect_fields).toEqual({ disabled: false, title: 'x' });
    expect(refusalOf(form([['disabled', 'maybe']])).body).toMatchObject({ error: { param: 'disabled' } });
    expect(refusalOf(form([['annual_revenue', '1,000']])).body).toMatchObject({ error: { param: 'annual_revenue' } });
  });
});
