import { allDialects } from './dialects/all-dialects.ts';
import type { DialectDefaults } from './workspaces/access/identify.ts';
import type { TokenKind } from './workspaces/first-run.ts';

/** All kinds of tokens: one per dialect, and our own API's. */
export const tokenKinds: readonly TokenKind[] = [...allDialects, { name: 'native', tokenPrefix: 'lw_' }];

const native: DialectDefaults = { policy: 'create', mergeStyle: 'fill', repeatsByContent: false };
const defaults = new Map<string, DialectDefaults>(allDialects.map((dialect) => [dialect.name, dialect]));

/** The defaults for a dialect's tokens. */
export function defaultsFor(dialect: string): DialectDefaults {
  return defaults.get(dialect) ?? native;
}
