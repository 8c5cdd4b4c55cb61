import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownSettings } from './config.ts';
import { projectRoot } from './platform/project-root.ts';
import type { SystemFacts } from './settings/system-store.ts';

/** What is known of this server before anything is asked of the database. */
export function systemFacts(): SystemFacts {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
  const settings = shownSettings();
  const isEmbedded = !settings.some(({ name, value }) => name === 'DATABASE_URL' && value !== '');
  return { version, startedAt: new Date(), isEmbedded, settings };
}
