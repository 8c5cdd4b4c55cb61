import { isIPv6 } from 'node:net';

/** The network by which senders are counted: a single IPv6 customer has all 2^64 addresses of a /64. */
export function networkOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address;
  const mapped = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  if (tail !== undefined)
    groups.push(...Array.from({ length: 8 - groups.length - tail.split(':').length }, () => '0'), ...tail.split(':'));
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':');
}
