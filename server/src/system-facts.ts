import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentSettings } from './config.ts';
import { projectRoot } from './platform/project-root.ts';
import type { SystemFacts } from './settings/system-store.ts';

/** Facts about this server that need no database. */
export function systemFacts(): SystemFacts {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
  const settings = currentSettings();
  const isEmbedded = !settings.some(({ name, value }) => name === 'DATABASE_URL' && value !== '');
  return { version, startedAt: new Date(), isEmbedded, settings };
}
