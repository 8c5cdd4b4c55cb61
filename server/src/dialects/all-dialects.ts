import { crmcom } from './crmcom/index.ts';
import type { Dialect } from './dialect.ts';
import { dialler } from './dialler/index.ts';
import { getlead } from './getlead/index.ts';
import { ispcrm } from './ispcrm/index.ts';
import { overplane } from './overplane/index.ts';

/** Every dialect this server speaks. A new one is a folder and a line here. */
export const allDialects: readonly Dialect[] = [getlead, ispcrm, crmcom, dialler, overplane];
