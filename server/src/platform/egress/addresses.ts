import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** IPv4 networks in which no receiver on the internet can be: private, local, reserved, documentation, multicast. */
const closedIPv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/**
 * All IPv6 space assigned to the internet. Mapped, compatible and NAT64 addresses, which embed an IPv4 address, are
 * outside it, as are private, local and multicast addresses.
 */
const openIPv6 = '2000::/3';
/** Parts of that space that are not on the internet: Teredo and other protocols, documentation, 6to4. */
const closedIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

/** Whether the text is an IP address, or a network such as 10.0.0.0/8. A network of all addresses (/0) is refused. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Returns a function that tells whether an address is in one of the networks. */
export function networkList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

const isClosedIPv4 = networkList(closedIPv4);
const isOpenIPv6 = networkList([openIPv6]);
const isClosedIPv6 = networkList(closedIPv6);

/** Whether an address is on the internet and not one of this machine's own. False for text that is not an address. */
export function isOnTheInternet(address: string): boolean {
  const version = isIP(address);
  if (version === 0 || isOwn(address)) return false;
  return version === 4 ? !isClosedIPv4(address) : isOpenIPv6(address) && !isClosedIPv6(address);
}

/** A public address of this machine reaches the same services as a local one. */
function isOwn(address: string): boolean {
  return networkList(
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address.split('%')[0] ?? '')),
  )(address);
}
