/** What a limit applies to. An address is an IPv4 address, or the /64 network of an IPv6 address. */
type CountedBy = 'server' | 'address' | 'account' | 'token' | 'workspace' | 'request';

/** One limit of the server. docs/limits.md lists the same limits; a test compares them. */
interface Limit {
  about: string;
  by: CountedBy;
  figure: number;
  unit: 'connections' | 'requests' | 'attempts' | 'bytes' | 'names' | 'messages';
  /** Period over which the limit applies; null if it applies to what exists at any one time. */
  window: 'minute' | 'hour' | 'day' | null;
  /** Counts in memory are lost on a restart, and each process has its own. */
  counted: 'memory' | 'database';
  /** Whether `LIMITS` may change the figure. */
  adjustable: boolean;
}

/**
 * Every limit on what one sender can use up. The request rates for known callers are higher than ordinary hardware can
 * handle, and are meant to be lowered where necessary. The limits for unknown and refused callers take effect without
 * any setting.
 */
export const limits = {
  connections: {
    about: 'Open connections. Further ones are closed at once.',
    by: 'server',
    figure: 8_000,
    unit: 'connections',
    window: null,
    counted: 'memory',
    adjustable: true,
  },
  connections_of_address: {
    about:
      'Open connections from one address. Not checked behind a trusted proxy, whose connections are for everybody.',
    by: 'address',
    figure: 2_000,
    unit: 'connections',
    window: null,
    counted: 'memory',
    adjustable: true,
  },
  waiting_requests: {
    about: 'Requests that are waiting for the database. Further ones are told to try again later.',
    by: 'server',
    figure: 4_096,
    unit: 'requests',
    window: null,
    counted: 'memory',
    adjustable: false,
  },
  requests_of_address: {
    about: 'Requests from one address, whoever sends them.',
    by: 'address',
    figure: 300_000,
    unit: 'requests',
    window: 'minute',
    counted: 'memory',
    adjustable: true,
  },
  requests_of_token: {
    about: 'Requests with one token, or of one signed-in member. A workspace can set a lower figure.',
    by: 'token',
    figure: 200_000,
    unit: 'requests',
    window: 'minute',
    counted: 'memory',
    adjustable: true,
  },
  requests_of_workspace: {
    about: 'Requests of all tokens and members of one workspace.',
    by: 'workspace',
    figure: 300_000,
    unit: 'requests',
    window: 'minute',
    counted: 'memory',
    adjustable: true,
  },
  strangers_of_address: {
    about: 'Requests without a known credential from one address. Credentials that worked before are not affected.',
    by: 'address',
    figure: 10_000,
    unit: 'requests',
    window: 'minute',
    counted: 'memory',
    adjustable: true,
  },
  attempts_of_account: {
    about: 'Wrong passwords and codes for one account, through whichever API or page.',
    by: 'account',
    figure: 30,
    unit: 'attempts',
    window: 'hour',
    counted: 'memory',
    adjustable: false,
  },
  attempts_of_address: {
    about: 'Wrong passwords and codes from one address.',
    by: 'address',
    figure: 200,
    unit: 'attempts',
    window: 'hour',
    counted: 'memory',
    adjustable: false,
  },
  turned_away_of_token: {
    about:
      'Requests stored although their token is revoked, expired, for another API, or over its rate. Further ones are only counted.',
    by: 'token',
    figure: 1_000,
    unit: 'requests',
    window: 'day',
    counted: 'database',
    adjustable: true,
  },
  bytes_turned_away_of_token: {
    about: 'Size of those requests.',
    by: 'token',
    figure: 10_000_000,
    unit: 'bytes',
    window: 'day',
    counted: 'database',
    adjustable: true,
  },
  body_through_intake: {
    about: 'Body of a request that is kept in the journal.',
    by: 'request',
    figure: 262_144,
    unit: 'bytes',
    window: null,
    counted: 'memory',
    adjustable: false,
  },
  fields_of_request: {
    about: 'Custom fields in one request.',
    by: 'request',
    figure: 50,
    unit: 'names',
    window: null,
    counted: 'memory',
    adjustable: false,
  },
  fields_of_token: {
    about: 'Custom fields created by the requests of one token, if it may create any.',
    by: 'token',
    figure: 100,
    unit: 'names',
    window: 'day',
    counted: 'database',
    adjustable: true,
  },
  fields_by_requests: {
    about: 'Custom fields created by requests.',
    by: 'workspace',
    figure: 500,
    unit: 'names',
    window: null,
    counted: 'database',
    adjustable: false,
  },
  sources_by_requests: {
    about: 'Sources created by requests and not yet approved. Further ones wait for approval.',
    by: 'workspace',
    figure: 10,
    unit: 'names',
    window: null,
    counted: 'database',
    adjustable: true,
  },
  statuses_by_requests: {
    about: 'Statuses created by requests and not yet approved; deal stages likewise. Further ones wait for approval.',
    by: 'workspace',
    figure: 5,
    unit: 'names',
    window: null,
    counted: 'database',
    adjustable: true,
  },
  waiting_of_token: {
    about: 'New names waiting for approval, by token. Further ones are stored only with their lead.',
    by: 'token',
    figure: 50,
    unit: 'names',
    window: 'day',
    counted: 'database',
    adjustable: true,
  },
  waiting_names: {
    about: 'Names waiting for approval.',
    by: 'workspace',
    figure: 200,
    unit: 'names',
    window: null,
    counted: 'database',
    adjustable: true,
  },
  messages_to_leads: {
    about: 'Messages to new leads whose type sends them one. Further ones wait, and are sent in later hours.',
    by: 'workspace',
    figure: 500,
    unit: 'messages',
    window: 'hour',
    counted: 'database',
    adjustable: true,
  },
  names_by_people: {
    about: 'Items that members create, for each list and for custom fields. Items created by requests do not count.',
    by: 'workspace',
    figure: 1_000,
    unit: 'names',
    window: null,
    counted: 'database',
    adjustable: false,
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** The figure of every limit, as configured. */
export type Figures = { readonly [L in LimitName]: number };

export const limitNames = Object.keys(limits) as LimitName[];

/** The default figures, used when `LIMITS` is not set. */
export const usualFigures = Object.fromEntries(limitNames.map((name) => [name, limits[name].figure])) as Figures;

/**
 * Reads `LIMITS`: `requests_of_token=6000, connections=500`. Returns the figures, or a sentence about the first entry
 * that is wrong.
 */
export function readFigures(text: string): Figures | string {
  const figures: Record<string, number> = { ...usualFigures };
  for (const entry of text.split(',').filter((one) => one.trim() !== '')) {
    const [name = '', value = ''] = entry.split('=').map((one) => one.trim());
    if (!isAdjustable(name)) return `LIMITS has no limit "${name}" that can be set.`;
    if (!/^[1-9]\d{0,11}$/.test(value)) return `LIMITS must give ${name} a whole number from 1, not "${value}".`;
    figures[name] = Number(value);
  }
  return figures as Figures;
}

function isAdjustable(name: string): name is LimitName {
  return Object.hasOwn(limits, name) && limits[name as LimitName].adjustable;
}
