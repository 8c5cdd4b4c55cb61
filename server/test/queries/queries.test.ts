import { expect, test } from 'vitest';
import type { Tx } from '../../src/platform/database/transaction.ts';
import { testWorld } from '../world.ts';
import type { Ask, Cases } from './cases.ts';
import { formatSql } from './format-sql.ts';
import { leadCases } from './lead-cases.ts';
import { reportCases } from './report-cases.ts';
import { boardCases, callCases, dealCases, myDayCases, taskCases } from './work-cases.ts';

const world = await testWorld();
const areas: Readonly<Record<string, Cases>> = {
  leads: leadCases,
  deals: dealCases,
  tasks: taskCases,
  calls: callCases,
  board: boardCases,
  'my-day': myDayCases,
  reports: reportCases,
};

/** Runs a case on PostgreSQL and collects the statements that the store really sends. */
async function sentFor(ask: Ask): Promise<string[]> {
  const sent = new Set<string>();
  await world.database.tx(world.workspaceId, (tx) => {
    const query: Tx['query'] = (text, params, options) => {
      sent.add(formatSql(text));
      return tx.query(text, params, options);
    };
    return ask({ ...tx, query } as Tx);
  });
  return [...sent];
}

/** One file for review. A statement that was already shown is only referred to. */
async function write(area: string, cases: Cases): Promise<string> {
  const known = new Map<string, string>();
  const pages = [
    `-- The SQL that the lists of ${area} send. Written by \`npm run queries\`; a test demands that it is up to date.`,
  ];
  for (const [title, ask] of Object.entries(cases)) {
    const parts = [`-- ${title}`];
    for (const text of await sentFor(ask)) {
      const shown = known.get(text);
      parts.push(shown ? `-- sends a statement of "${shown}"` : `${text};`);
      known.set(text, shown ?? title);
    }
    pages.push(parts.join('\n'));
  }
  return `${pages.join('\n\n')}\n`;
}

test.each(Object.entries(areas))('server/queries/%s.sql matches what its lists send', async (area, cases) => {
  await expect(await write(area, cases), 'run: npm run queries').toMatchFileSnapshot(`../../queries/${area}.sql`);
});
