import type { Static } from 'typebox';
import Type from 'typebox';
import type { ApiContext } from '../../http/api-context.ts';
import { oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import type { Intake } from '../../intake/arrival.ts';
import type { ReadAgain } from '../../journal/read-again.ts';
import { labelOf, leadFieldNames, leadFields } from '../../leads/fields.ts';
import type { Problem } from '../../platform/problem.ts';
import type { WireReply } from '../../platform/wire.ts';
import { type MatchPolicy, type MergeStyle, matchPolicies, mergeStyles } from '../../workspaces/tokens/match-policy.ts';
import type { Token } from '../../workspaces/tokens/token-store.ts';
import { readCurl } from './read-curl.ts';

/** What the spec page shows about a dialect. */
export interface DialectAbout {
  name: string;
  title: string;
  /** Prefix of its tokens' secrets. */
  tokenPrefix: string;
  /** Whether its tokens may create custom fields by default. */
  createsFields?: boolean;
  credentialPlace: string;
  fields: readonly { name: string; required: boolean; means?: string; about?: string }[];
  endpoints: readonly {
    methods: readonly string[];
    path: string;
    about?: string;
    refuse?(problem: Problem): WireReply;
  }[];
  refuse(problem: Problem): WireReply;
  policy: MatchPolicy;
  mergeStyle: MergeStyle;
  region?: string;
  example(base: string, token: string): string;
}

/** Services of routes that show dialects. */
export interface DialectsContext extends ApiContext {
  /** Dialects that tokens can be created for. */
  dialects: readonly DialectAbout[];
}

/** Services of routes that send a dialect's example through intake. */
export interface TokenSpecContext extends DialectsContext {
  intake: Pick<Intake, 'perform'>;
  readAgain: ReadAgain;
}

/** Stands for the secret in examples. */
export const PLACEHOLDER = 'YOUR_TOKEN';

const fieldView = Type.Object({
  name: Type.String({ description: 'Name in the request.' }),
  required: Type.Boolean(),
  lead_field: textOrNull('The lead field it is stored in; null if only this vendor uses it.'),
  label: textOrNull('Label of that field.'),
  about: Type.String(),
});
const answerView = Type.Object({ when: Type.String(), status: Type.Integer(), body: Type.String() });

/** The spec of a token, generated from its dialect. */
export const tokenSpec = viewShape('TokenSpec', 'What a sender needs to know to use a token.', {
  dialect: Type.String(),
  title: Type.String(),
  base_url: Type.String({ description: 'Address of this server.' }),
  credential: Type.String({ description: 'Where the secret goes.' }),
  placeholder: Type.String({ description: 'Stands for the secret in the example.' }),
  endpoints: Type.Array(Type.Object({ methods: Type.Array(Type.String()), path: Type.String(), about: Type.String() })),
  fields: Type.Array(fieldView),
  example: Type.Object({
    method: Type.String(),
    url: Type.String(),
    headers: Type.Record(Type.String(), Type.String()),
    body: textOrNull('Body of the request.'),
    curl: Type.String({ description: 'The example as a curl command.' }),
  }),
  errors: Type.Array(answerView, { description: "How this vendor's API reports errors." }),
  defaults: Type.Object({
    policy: oneOf(matchPolicies, 'What happens when a lead is already known.'),
    merge_style: oneOf(mergeStyles, 'How leads are merged.'),
    region: Type.String({ description: 'Country for phone numbers without a country code.' }),
    test_mode: Type.Boolean(),
    may_extend: Type.Boolean(),
  }),
});

export function specOf(
  token: Token,
  dialect: DialectAbout,
  base: string,
  workspaceRegion: string,
): Static<typeof tokenSpec.schema> {
  const curl = dialect.example(base, PLACEHOLDER);
  return {
    dialect: dialect.name,
    title: dialect.title,
    base_url: base,
    credential: dialect.credentialPlace,
    placeholder: PLACEHOLDER,
    endpoints: dialect.endpoints.flatMap(({ methods, path, about }) =>
      about ? [{ methods: [...methods], path, about }] : [],
    ),
    fields: dialect.fields.map(({ name, required, means = null, about = '' }) => ({
      name,
      required,
      lead_field: means,
      label: (means && labelOf(means)) ?? null,
      about,
    })),
    example: { ...readCurl(curl), curl },
    errors: errorsOf(dialect),
    defaults: {
      policy: token.policy ?? dialect.policy,
      merge_style: token.merge_style ?? dialect.mergeStyle,
      region: token.region ?? dialect.region ?? workspaceRegion,
      test_mode: token.test_mode,
      may_extend: token.may_extend,
    },
  };
}

function errorsOf(dialect: DialectAbout): { when: string; status: number; body: string }[] {
  const incoming = dialect.endpoints.find(({ about }) => about?.startsWith('Receives a lead'));
  const refuse = incoming?.refuse ?? dialect.refuse;
  const { name = '', means } = dialect.fields.find(({ required }) => required) ?? {};
  const missing: Problem = {
    kind: 'invalid',
    issues: [{ at: name, code: 'required', ...(means && isLeadField(means) && { field: means }) }],
  };
  const errors: [string, Problem][] = [
    ['The token is unknown.', { kind: 'unauthenticated', reason: 'unknown' }],
    ...(name ? ([[`${name} is missing.`, missing]] as [string, Problem][]) : []),
    ['The body cannot be read.', { kind: 'malformed', detail: 'The body cannot be read.' }],
    ['The lead is already known, and the token refuses known leads.', { kind: 'conflict', code: 'duplicate_lead' }],
  ];
  return errors.map(([when, problem]) => {
    const { status, body } = refuse(problem);
    return { when, status, body: body === undefined ? '' : JSON.stringify(body, null, 2) };
  });
}

function isLeadField(name: string): name is (typeof leadFieldNames)[number] {
  return Object.hasOwn(leadFields, name);
}

/** Describes our own API in the same way as a dialect. */
export function nativeAbout(refuse: DialectAbout['refuse']): DialectAbout {
  const one = { name: 'John Doe', phone: '+44 7840 258823', email: 'john@example.com', source: 'Website' };
  return {
    name: 'native',
    title: 'Leadwell API',
    tokenPrefix: 'lw_',
    credentialPlace: 'The header `Authorization: Bearer`.',
    fields: leadFieldNames.map((name) => ({ name, required: false, means: name, about: leadFields[name].label })),
    endpoints: [
      { methods: ['POST'], path: '/v1/leads', about: 'Receives a lead.' },
      { methods: ['GET'], path: '/v1/leads', about: 'Lists and searches leads.' },
      { methods: ['PATCH'], path: '/v1/leads/:id', about: 'Changes a lead.' },
      { methods: ['GET'], path: '/v1/openapi.json', about: 'Describes the whole API, as an OpenAPI document.' },
    ],
    refuse,
    policy: 'create',
    mergeStyle: 'fill',
    example: (base, token) =>
      [
        `curl -s -X POST '${base}/v1/leads'`,
        `-H 'Authorization: Bearer ${token}'`,
        "-H 'Content-Type: application/json'",
        `-d '${JSON.stringify(one)}'`,
      ].join(' \\\n  '),
  };
}
