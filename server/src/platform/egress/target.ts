import { isIP } from 'node:net';
import { isNetwork, isOnTheInternet, networkList } from './addresses.ts';

/** Receivers that the operator lets this server reach although they are not on the internet. */
export interface Allowed {
  /** Whether this name is allowed; if so, all its addresses are too. */
  host(name: string): boolean;
  address(address: string): boolean;
}

/** Allows nothing but the internet. */
export const nothing: Allowed = { host: () => false, address: () => false };

/** Where a request goes. */
export interface Target {
  url: URL;
  /** A name in lower case, or an address without brackets; never with a trailing dot. */
  host: string;
  port: number;
  /** Whether `EGRESS_ALLOW` lists this name or address, so that no further checks are needed. */
  allowed: boolean;
}

/** Why requests cannot be sent to a URL, as a sentence. */
export interface TargetFault {
  detail: string;
}

/** Ports of web servers. All others below 1024, and those on the fetch standard's list, belong to other protocols. */
const lowWebPorts: ReadonlySet<number> = new Set([80, 443]);
const otherProtocols: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080, 11211, 27017,
]);
const LONGEST = 2048;

/** Reads `EGRESS_ALLOW`: addresses, networks and names, separated by commas. Undefined if an item is none of these. */
export function readAllowed(text: string): Allowed | undefined {
  const items = text
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
  const networks = items.filter(isNetwork);
  const hosts = new Set(items.filter((item) => !isNetwork(item)));
  if (![...hosts].every((host) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host) && !/^[\d.]+$/.test(host)))
    return undefined;
  return { host: (name) => hosts.has(name), address: networkList(networks) };
}

/**
 * Reads a URL as written by a user. The parser is the one that the request itself uses, so every spelling of an address
 * (decimal, octal, hex, short, full width) is normalised before it is checked.
 */
export function readTarget(text: string, allowed: Allowed): Target | TargetFault {
  if (text.length > LONGEST) return { detail: `A URL may have up to ${LONGEST} characters.` };
  if (!URL.canParse(text)) return { detail: 'This is not a URL, such as https://example.com/hook.' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { detail: 'The URL must start with https://.' };
  if (url.username || url.password) return { detail: 'The URL must not contain a user name or password.' };
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const target = { url, host, port, allowed: allowed.host(host) || allowed.address(host) };
  return target.allowed ? target : (faultOf(target) ?? target);
}

function faultOf({ host, port }: Target): TargetFault | undefined {
  if (host === '') return { detail: 'The URL has no host.' };
  if (isIP(host) !== 0 && !isOnTheInternet(host)) return refusedAddress(host);
  if ((port < 1024 && !lowWebPorts.has(port)) || otherProtocols.has(port))
    return { detail: `Port ${port} is not a port of web servers.` };
  return undefined;
}

/** The message for an address that this server does not send to. */
export function refusedAddress(address: string): TargetFault {
  return {
    detail: `${address} is not on the internet. The operator of this server can allow it with EGRESS_ALLOW.`,
  };
}

/**
 * Without TLS, anybody on the way can read the request, so only receivers allowed by the operator may do without it.
 */
export const NEEDS_TLS: TargetFault = { detail: 'The URL must start with https://.' };
