import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Problem } from '../dialect.ts';
import { cancel } from './cancel.ts';
import { contents, TYPE, wire, withReferenceData } from './sample.ts';

const { context, refused } = withReferenceData(makeReferenceData(sampleWorkspace, contents));

describe('lead/cancel', () => {
  const sent = { mobile: '07840258823', type: 'motor-trade' };

  it('asks for the call of this number and type to be cancelled', () => {
    expect(cancel.read(wire({ ...sent, test: true }), context)).toEqual({
      kind: 'cancelCall',
      phone: { sent: '07840258823' },
      type_id: TYPE,
    });
  });

  it('requires both fields and reports the type first', () => {
    expect(JSON.stringify(refused({}, cancel))).toBe(
      '{"status":400,"body":{"type":{"0":"Type cannot be blank."},"mobile":{"0":"Mobile cannot be blank."}}}',
    );
    expect(refused({ ...sent, mobile: 'x' }, cancel).body).toEqual({ mobile: { 0: 'Mobile is invalid.' } });
  });

  it.each<[string, Problem]>([
    ['not found', { kind: 'not_found', what: 'lead' }],
    ['not found', { kind: 'not_found', what: 'call' }],
    ['already processed', { kind: 'conflict', code: 'already_processed' }],
    ['server error (save)', { kind: 'internal' }],
  ])('warns: %s', (warning, problem) => {
    expect(cancel.refuse?.(problem)).toEqual({ status: 200, body: { cancelled: false, warning } });
  });

  it('warns of an unknown type', () => {
    expect(refused({ ...sent, type: 'nope' }, cancel)).toEqual({
      status: 200,
      body: { cancelled: false, warning: 'server error (call group)' },
    });
  });

  it('says that the call is cancelled', () => {
    const call = { ...context, wire: wire(sent), command: { kind: 'signOut' } as const };
    expect(cancel.answer({ kind: 'call_cancelled', lead_id: 'x' }, call)).toEqual({
      status: 200,
      body: { cancelled: true },
    });
  });
});
