import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/project-root.ts';
import type { Scenario } from './exchange.ts';

/** The scenarios in a dialect's folder, by name of file. */
export function readScenarios(dialect: string): (Scenario & { file: string })[] {
  const folder = join(projectRoot(), 'server/src/dialects', dialect, 'exchanges');
  // An installation without the sources has none.
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Scenario), file }));
}
