import { sentWire } from '../../../test/dialects/sent-wire.ts';
import {
  type CreateLead,
  isProblem,
  type ReadContext,
  type ReferenceData,
  type Wire,
  type WireReply,
} from '../dialect.ts';
import { add } from './add.ts';
import { dialler } from './index.ts';

/** The only lead type in the tests' workspace. */
export const TYPE = '0190a000-0000-7000-8000-000000000001';
export const contents = {
  type: [
    {
      id: TYPE,
      name: 'motor-trade',
      alternative_code: null,
      description: null,
      default_status_id: null,
      default_category_id: null,
      email_on_create: false,
      phone_on_create: false,
    },
  ],
};

/** A lead with only the required fields. */
export const john = {
  first_name: 'John',
  surname: 'Doe',
  mobile: '07840258823',
  email: 'john.doe@example.com',
  type: 'motor-trade',
};

/** A request with this JSON body; undefined for none. */
export function wire(body: unknown, over: Partial<Wire> = {}): Wire {
  return sentWire(body, { path: '/lead/add', ...over });
}

/** Helpers that read requests in tests: `accepted` and `refused` fail on the opposite outcome. */
export function withReferenceData(referenceData: ReferenceData) {
  const context: ReadContext = { referenceData, region: 'GB', now: new Date('2026-05-04T10:00:00Z') };
  return {
    context,
    accepted(body: unknown): CreateLead {
      const command = add.read(wire(body), context);
      if (isProblem(command)) throw new Error(`refused: ${JSON.stringify(command)}`);
      return command as CreateLead;
    },
    refused(body: unknown, endpoint = add): WireReply {
      const problem = endpoint.read(wire(body), context);
      if (!isProblem(problem)) throw new Error('it was accepted');
      return (endpoint.refuse ?? dialler.refuse)(problem);
    },
  };
}
