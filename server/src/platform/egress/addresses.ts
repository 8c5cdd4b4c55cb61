import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** IPv4 networks that no receiver on the internet has: private, local, reserved, for examples, multicast. */
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
 * All that is assigned to the internet. Whatever embeds an IPv4 address elsewhere (mapped, compatible, NAT64) is
 * outside, as are private, local and multicast addresses.
 */
const openIPv6 = '2000::/3';
/** Parts of it that are not: Teredo and other protocols, examples, 6to4. */
const closedIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

/** An IP address, or a network such as 10.0.0.0/8. One that holds every address would mean everybody. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** The networks as one list that addresses are looked up in. */
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

/** Whether an address is one on the internet, and not this machine's own. Text that is no address is not. */
export function isOnTheInternet(address: string): boolean {
  const version = isIP(address);
  if (version === 0 || isOwn(address)) return false;
  return version === 4 ? !isClosedIPv4(address) : isOpenIPv6(address) && !isClosedIPv6(address);
}

/** A public address of this machine reaches the same services as its local address. */
function isOwn(address: string): boolean {
  return networkList(
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address.split('%')[0] ?? '')),
  )(address);
}
