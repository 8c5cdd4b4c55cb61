import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/project-root.ts';
import type { Scenario } from './exchange.ts';

/** The scenarios in a dialect's folder, in order of file name. */
export function readScenarios(dialect: string): (Scenario & { file: string })[] {
  const folder = join(projectRoot(), 'server/src/dialects', dialect, 'exchanges');
  // A production installation comes without the sources.
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Scenario), file }));
}
