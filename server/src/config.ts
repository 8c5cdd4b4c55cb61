import { resolve } from 'node:path';
import type { MailSettings } from './mail/queue-mail.ts';
import { readMailSettings } from './mail/read-mail-settings.ts';
import { isNetwork } from './platform/egress/addresses.ts';
import { type Allowed, readAllowed } from './platform/egress/target.ts';
import { operatorError } from './platform/operator-error.ts';
import { isRegion } from './platform/phone/numbering.ts';
import { type KeySources, readSecretKeys } from './secrets/key-file.ts';
import { readRetrySeconds } from './webhooks/sending/retry-schedule.ts';
import { type Figures, readFigures } from './workspaces/limits/catalogue.ts';

/** An environment variable as the documentation and `/v1/system` describe it. */
interface Setting {
  default: string;
  about: string;
  operators?: true;
}

/**
 * The environment variables. docs/configuration.md lists the same names; a test compares them. `operators`: the value
 * contains credentials or describes the network behind the server, so the workspaces on it must not see it.
 */
export const settings = {
  HOST: { default: '127.0.0.1', about: 'Address to listen on; 0.0.0.0 for all interfaces.', operators: true },
  PORT: { default: '4000', about: 'Port to listen on; 0 picks a free one.' },
  DATA_DIR: {
    default: './data',
    about: 'Folder for the embedded database, its socket and its passwords.',
    operators: true,
  },
  SECRET_KEY: {
    default: '',
    about:
      'Key that encrypts stored secrets: 32 random bytes in Base64. If not set, the file secret.key in DATA_DIR is used.',
    operators: true,
  },
  DATABASE_URL: { default: '', about: 'PostgreSQL (15 or newer) to use instead of the embedded one.', operators: true },
  DATABASE_READ_URL: {
    default: '',
    about: 'Standby of DATABASE_URL from which reports and exports are read while it is up and recent enough.',
    operators: true,
  },
  DATABASE_READ_LAG: {
    default: '10',
    about: 'How many seconds the standby may be behind, from 2 to 3600.',
  },
  PUBLIC_URL: {
    default: '',
    about: 'URL at which browsers and partners reach this server, if it runs behind a proxy or has a host name.',
  },
  DEFAULT_REGION: {
    default: 'GB',
    about: 'Country (ISO alpha-2) assumed for phone numbers without a country code, in new workspaces.',
  },
  CONTENT_WINDOW_HOURS: {
    default: '24',
    about:
      'For dialects without idempotency keys: how long a repeat of the same content from the same token counts as one request. 0 turns this off.',
  },
  TRUST_PROXY: {
    default: 'false',
    about:
      "Proxies that are trusted to report the sender's address: how many there are in front of this server, or their addresses.",
    operators: true,
  },
  LIMITS: {
    default: '',
    about: 'Limits that differ from those of limits.md: `requests_of_token=6000, connections=500`.',
  },
  WEBHOOK_RETRY_SECONDS: {
    default: '',
    about:
      'Seconds to wait before each delivery attempt, one figure per attempt: `0, 5, 300`. If not set, ten attempts in 75 hours.',
  },
  EGRESS_ALLOW: {
    default: '',
    about:
      'Receivers outside the internet to which requests may be sent: addresses, networks and names, separated by commas.',
    operators: true,
  },
  EGRESS_PROXY: {
    default: '',
    about: 'HTTP proxy for requests to other servers: `http://user:password@host:3128`.',
    operators: true,
  },
  SMTP_URL: {
    default: '',
    about: 'Mail server: `smtps://user:password@host:465` or `smtp://host:587`. Without it, no mail is sent.',
    operators: true,
  },
  MAIL_FROM: { default: '', about: 'Sender of mail: `Leadwell <leads@example.com>`.' },
  LOG_LEVEL: { default: 'warn', about: 'fatal, error, warn, info, debug or silent.' },
} as const satisfies Record<string, Setting>;

/**
 * The current settings, and whether each comes from the environment. `value` is null if it is set and only the
 * operator may see it.
 */
export function currentSettings(env: Readonly<Record<string, string | undefined>> = process.env) {
  return (Object.entries(settings) as [string, Setting][]).map(([name, { default: usual, about, operators }]) => {
    const set = env[name]?.trim() ?? '';
    return { name, about, value: set && operators ? null : set || usual, from_environment: set !== '' };
  });
}

export interface Config extends KeySources {
  http: { host: string; port: number; publicUrl: string | null; trustProxy: TrustedProxies };
  /** An absolute path. */
  dataDir: string;
  databaseUrl: string | null;
  /** The standby to read from; `lag` in ms. */
  reading: { url: string; lag: number } | null;
  defaultRegion: string;
  contentWindowSeconds: number;
  limits: Figures;
  /** Seconds to wait before each attempt at a webhook's delivery. */
  webhookRetrySeconds: readonly number[];
  /** Which servers this one sends requests to, and through which proxy. */
  egress: { allowed: Allowed; proxy: URL | null };
  mail: MailSettings;
  logLevel: LogLevel;
}

/** Proxies whose X-Forwarded-For is trusted: none, this number of them, or those with these addresses. */
type TrustedProxies = false | number | string[];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** Reads the environment and reports all invalid values at once. Blank counts as unset. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const bad: string[] = [];
  const read = (name: keyof typeof settings) => env[name]?.trim() || settings[name].default;
  const check = (name: keyof typeof settings, right: boolean, rule: string) => {
    if (!right) bad.push(`${name} ${rule}, not "${read(name)}".`);
  };
  const port = Number(read('PORT'));
  check('PORT', Number.isInteger(port) && port >= 0 && port <= 65_535, 'must be a port number');
  check('DEFAULT_REGION', isRegion(read('DEFAULT_REGION')), 'must be a country code such as GB');
  const hours = Number(read('CONTENT_WINDOW_HOURS'));
  check('CONTENT_WINDOW_HOURS', hours >= 0 && hours <= 8760, 'must be a number of hours from 0 to 8760');
  const logLevel = read('LOG_LEVEL') as LogLevel;
  check('LOG_LEVEL', logLevels.includes(logLevel), `must be one of ${logLevels.join(', ')}`);
  const trustProxy = readProxies(read('TRUST_PROXY'));
  if (trustProxy === undefined) bad.push(`TRUST_PROXY ${proxyRule(read('TRUST_PROXY'))}`);
  /** Returns the value, unless it is a sentence that says what is wrong. */
  const right = <T>(value: T | string): T | undefined => {
    if (typeof value !== 'string') return value;
    bad.push(value);
    return undefined;
  };
  const figures = right(readFigures(read('LIMITS')));
  const webhookRetrySeconds = readRetrySeconds(read('WEBHOOK_RETRY_SECONDS'));
  check('WEBHOOK_RETRY_SECONDS', webhookRetrySeconds !== undefined, 'must be a list of seconds such as 0, 5, 300');
  const databaseUrl = read('DATABASE_URL');
  if (databaseUrl && !isDatabaseUrl(databaseUrl)) bad.push('DATABASE_URL must start with postgresql://');
  const lag = Number(read('DATABASE_READ_LAG'));
  check('DATABASE_READ_LAG', lag >= 2 && lag <= 3600, 'must be a number of seconds from 2 to 3600');
  const reading = right(readReading(read('DATABASE_READ_URL'), lag, databaseUrl));
  const publicUrl = read('PUBLIC_URL').replace(/\/+$/, '');
  check('PUBLIC_URL', publicUrl === '' || isWebUrl(publicUrl), 'must be a URL that starts with https:// or http://');
  const egress = right(readEgress(read('EGRESS_ALLOW'), read('EGRESS_PROXY')));
  const host = read('HOST');
  const base = isWebUrl(publicUrl) ? publicUrl : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const secretKeys = right(readSecretKeys(read('SECRET_KEY')));
  const mail = right(readMailSettings({ smtpUrl: read('SMTP_URL'), from: read('MAIL_FROM'), base }));
  if (bad.length > 0 || !figures || !egress || !mail || !secretKeys || reading === undefined)
    throw operatorError(`Invalid settings. ${bad.join(' ')}`);
  return {
    http: {
      host,
      port,
      publicUrl: publicUrl || null,
      trustProxy: trustProxy ?? false,
    },
    dataDir: resolve(read('DATA_DIR')),
    secretKeys,
    databaseUrl: databaseUrl || null,
    reading,
    defaultRegion: read('DEFAULT_REGION'),
    contentWindowSeconds: Math.round(hours * 3600),
    limits: figures,
    mail,
    webhookRetrySeconds: webhookRetrySeconds ?? [],
    egress,
    logLevel,
  };
}

/** The standby's settings, or a sentence that says what is wrong. `lag` is in seconds. */
function readReading(url: string, lag: number, databaseUrl: string): Config['reading'] | string {
  if (!url) return null;
  if (!isDatabaseUrl(url)) return 'DATABASE_READ_URL must start with postgresql://';
  if (!databaseUrl) return 'DATABASE_READ_URL needs DATABASE_URL: the embedded database has no standby.';
  return { url, lag: lag * 1000 };
}

/** The egress settings, or a sentence that says what is wrong. */
function readEgress(allow: string, proxy: string): Config['egress'] | string {
  const allowed = readAllowed(allow);
  if (!allowed) return `EGRESS_ALLOW must list addresses, networks such as 10.0.0.0/8, or names, not "${allow}".`;
  const isRight = proxy === '' || (/^http:\/\/./.test(proxy) && URL.canParse(proxy));
  return isRight ? { allowed, proxy: proxy ? new URL(proxy) : null } : 'EGRESS_PROXY must start with http://.';
}

function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text);
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The trusted proxies; undefined if the text is invalid. */
function readProxies(text: string): TrustedProxies | undefined {
  if (text === 'false' || text === '0') return false;
  if (/^[1-9]$/.test(text)) return Number(text);
  const addresses = text.split(',').map((one) => one.trim());
  return addresses.every(isNetwork) ? addresses : undefined;
}

function proxyRule(text: string): string {
  const what = 'the number of proxies in front of this server, such as 1, or their addresses, such as 10.0.0.0/8';
  return text === 'true'
    ? `must no longer be "true", since anybody could then claim any address. Write ${what}.`
    : `must be false, ${what}, not "${text}".`;
}
