import { resolve } from 'node:path';
import { operatorError } from './platform/operator-error.ts';
import { isRegion } from './platform/phone.ts';

/** What can be set from outside. docs/configuration.md lists the same names; a test compares them. */
export const settings = {
  HOST: { default: '127.0.0.1', about: 'Address to listen on. 0.0.0.0 for all.' },
  PORT: { default: '4000', about: 'Port to listen on. 0 takes a free one.' },
  DATA_DIR: { default: './data', about: 'Folder of the embedded database, its socket and its passwords.' },
  DATABASE_URL: { default: '', about: 'PostgreSQL 15 or newer to use in place of the embedded one.' },
  PUBLIC_URL: { default: '', about: 'How browsers and partners reach this server, when a proxy stands before it.' },
  DEFAULT_REGION: {
    default: 'GB',
    about: 'Country (ISO alpha-2) of phone numbers without a country code, for new workspaces.',
  },
  CONTENT_WINDOW_HOURS: {
    default: '24',
    about:
      'How long the same content from the same token counts as the same request, where a dialect has no keys. 0: never.',
  },
  TRUST_PROXY: { default: 'false', about: "true: take the sender's address from X-Forwarded-For." },
  LOG_LEVEL: { default: 'warn', about: 'fatal, error, warn, info, debug or silent.' },
} as const;

/** The settings as they stand, and which of them the environment gives; what is secret in a URL is left out. */
export function shownSettings(env: Readonly<Record<string, string | undefined>> = process.env) {
  return (Object.keys(settings) as (keyof typeof settings)[]).map((name) => {
    const set = env[name]?.trim() ?? '';
    const { default: usual, about } = settings[name];
    return { name, about, value: (set || usual).replace(/\/\/[^@/]*@/, '//…@'), from_environment: set !== '' };
  });
}

export interface Config {
  http: { host: string; port: number; publicUrl: string | null; trustProxy: boolean };
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | null;
  defaultRegion: string;
  contentWindowSeconds: number;
  logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** Reads the environment; names every bad value at once. Blank is the same as unset. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const bad: string[] = [];
  const read = (name: keyof typeof settings) => env[name]?.trim() || settings[name].default;
  const demand = (name: keyof typeof settings, right: boolean, rule: string) => {
    if (!right) bad.push(`${name} ${rule}; it is "${read(name)}".`);
  };
  const port = Number(read('PORT'));
  demand('PORT', Number.isInteger(port) && port >= 0 && port <= 65_535, 'must be a port number');
  demand('DEFAULT_REGION', isRegion(read('DEFAULT_REGION')), 'must be a country such as GB');
  const hours = Number(read('CONTENT_WINDOW_HOURS'));
  demand('CONTENT_WINDOW_HOURS', hours >= 0 && hours <= 8760, 'must be hours from 0 to 8760');
  const logLevel = read('LOG_LEVEL') as LogLevel;
  demand('LOG_LEVEL', logLevels.includes(logLevel), `must be one of ${logLevels.join(', ')}`);
  demand('TRUST_PROXY', /^(true|false)$/.test(read('TRUST_PROXY')), 'must be true or false');
  const databaseUrl = read('DATABASE_URL');
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) bad.push('DATABASE_URL must start with postgresql://');
  const publicUrl = read('PUBLIC_URL').replace(/\/+$/, '');
  demand('PUBLIC_URL', publicUrl === '' || URL.canParse(publicUrl), 'must be a URL');
  if (bad.length > 0) throw operatorError(`The settings are wrong. ${bad.join(' ')}`);
  return {
    http: {
      host: read('HOST'),
      port,
      publicUrl: publicUrl || null,
      trustProxy: read('TRUST_PROXY') === 'true',
    },
    dataDir: resolve(read('DATA_DIR')),
    databaseUrl: databaseUrl || null,
    defaultRegion: read('DEFAULT_REGION'),
    contentWindowSeconds: Math.round(hours * 3600),
    logLevel,
  };
}
