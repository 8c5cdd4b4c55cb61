/** The servers of one database, only one of which takes writes; connections move on together when that changes. */
export interface Hosts {
  /** The connection string of the server to try now. */
  readonly current: string;
  readonly count: number;
  /** The host and port of that server, for display. */
  readonly name: string;
  /** Marks `failed` as unreachable or read-only: the next connection tries the host after it. */
  moveOn(failed: string): void;
}

/** Reads `postgres://user:password@one:5432,two:5432/database`: one connection string for each host. */
export function readHosts(url: string): Hosts {
  const [, scheme = '', credentials = '', hosts = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/)([^/?]*@)?([^/?]*)(.*)$/s.exec(url) ?? [];
  const urls = hosts.split(',').map((host) => `${scheme}${credentials}${host}${rest}`);
  let at = 0;
  return {
    get current() {
      return urls[at] ?? url;
    },
    count: urls.length,
    get name() {
      return hosts.split(',')[at] || 'the local socket';
    },
    moveOn(failed) {
      // Several connections fail at once when a server goes away: only the first failure moves on.
      if (failed === urls[at]) at = (at + 1) % urls.length;
    },
  };
}
