import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApiText } from './openapi-text.ts';
import { projectRoot } from './platform/project-root.ts';

test('api/openapi.json matches the routes; `npm run openapi` writes it', async () => {
  expect(readFileSync(join(projectRoot(), 'api', 'openapi.json'), 'utf8')).toBe(await openApiText());
});
