import { Resolver, lookup as systemLookUp } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isOnTheInternet } from './addresses.ts';
import { type Allowed, NEEDS_TLS, refusedAddress, type Target } from './target.ts';

/** An address of a target's host that may be connected to. */
export interface Address {
  address: string;
  family: 4 | 6;
}

/** The name has no address, or no name server answered. */
export class NameFault extends Error {}

/** The name has an address that this server does not send to. */
export class AddressFault extends Error {}

const TRY_MS = 3_000;

export type LookUp = (target: Target, signal: AbortSignal) => Promise<Address[]>;

/**
 * Looks up names and checks the addresses found. `nameServers` replaces those of the system. Throws if any address is
 * refused: a name with both a public and a private address may be trying to get past a check of the first one.
 */
export function openLookUp(allowed: Allowed, nameServers?: readonly string[]): LookUp {
  return async (target, signal) => {
    const found = await addressesOf(target, signal, nameServers);
    if (found.length === 0) throw new NameFault(`No IP address was found for ${target.host}.`);
    if (!target.allowed) check(target, found, allowed);
    return found;
  };
}

function check({ url, host }: Target, found: readonly Address[], allowed: Allowed): void {
  for (const { address } of found) {
    if (allowed.address(address)) continue;
    if (!isOnTheInternet(address))
      throw new AddressFault(refusedAddress(host === address ? host : `${host} (${address})`).detail);
    if (url.protocol !== 'https:') throw new AddressFault(NEEDS_TLS.detail);
  }
}

async function addressesOf({ host, allowed }: Target, signal: AbortSignal, nameServers?: readonly string[]) {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family: family === 6 ? 6 : 4 } as const];
  if (allowed) return bySystem(host);
  // localhost is this machine by definition (RFC 6761), whatever a name server says.
  if (/(^|\.)localhost$/.test(host)) return [{ address: '127.0.0.1', family: 4 } as const];
  return byName(host, signal, nameServers);
}

/** Looks a name up as other programs on this machine do, with its hosts file and search domains. */
async function bySystem(host: string): Promise<Address[]> {
  const found = await systemLookUp(host, { all: true }).catch(() => []);
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/**
 * Queries the name servers directly. The system's resolver would block one of the few threads of Node.js for as long as
 * a stranger's name server stays silent, and sign-in needs those threads too.
 */
async function byName(host: string, signal: AbortSignal, nameServers?: readonly string[]): Promise<Address[]> {
  const resolver = new Resolver({ timeout: TRY_MS, tries: 2 });
  if (nameServers) resolver.setServers(nameServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    signal.throwIfAborted();
    return [
      ...(ipv4.status === 'fulfilled' ? ipv4.value.map((address) => ({ address, family: 4 as const })) : []),
      ...(ipv6.status === 'fulfilled' ? ipv6.value.map((address) => ({ address, family: 6 as const })) : []),
    ];
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
