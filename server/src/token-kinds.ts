import { allDialects } from './dialects/all-dialects.ts';
import type { TokenKind } from './workspaces/first-run.ts';

/** All kinds of tokens: one per dialect, and our own API's. */
export const tokenKinds: readonly TokenKind[] = [...allDialects, { name: 'native', tokenPrefix: 'lw_' }];
