import { crmcom } from './crmcom/index.ts';
import type { Dialect } from './dialect.ts';
import { dialler } from './dialler/index.ts';
import { getlead } from './getlead/index.ts';
import { ispcrm } from './ispcrm/index.ts';
import { overplane } from './overplane/index.ts';

/** Every dialect of this server. To add one, see docs/adding-a-dialect.md. */
export const allDialects: readonly Dialect[] = [getlead, ispcrm, crmcom, dialler, overplane];
