import { type Command, type Endpoint, invalid, type ReferenceData, type Wire } from '../dialect.ts';
import { FieldRules, type Fields } from '../field-rules.ts';
import type { Warnings } from './find-by-name.ts';
import { refuseWith, success } from './refuse.ts';
import { parameters } from './wire.ts';

/** What an endpoint reads a command from. */
export interface Sent {
  wire: Wire;
  fields: Fields;
  fieldRules: FieldRules;
  warnings: Warnings;
  referenceData: ReferenceData;
}

/** An endpoint whose path is its name. `read` returns no command if it reports an issue that rules one out. */
export function getleadEndpoint({
  name,
  about,
  says = '',
  read,
  ...over
}: {
  name: string;
  about: string;
  /** The message of a success. */
  says?: string;
  read(sent: Sent): Command | undefined;
} & Partial<Pick<Endpoint, 'path' | 'answer' | 'refuse'>>): Endpoint {
  return {
    name,
    about,
    methods: ['GET', 'POST'],
    path: `/api/${name}`,
    read(wire, { referenceData }) {
      const fieldRules = new FieldRules();
      const command = read({ wire, fields: parameters(wire), fieldRules, warnings: [], referenceData });
      return command && fieldRules.issues.length === 0 ? command : invalid(...fieldRules.issues);
    },
    answer: () => success(says),
    refuse: (problem) => refuseWith('error', problem),
    ...over,
  };
}
