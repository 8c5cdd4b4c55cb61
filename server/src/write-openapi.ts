/** Writes api/openapi.json, the OpenAPI document of `/v1`. Run by `npm run api`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from './openapi-text.ts';
import { projectRoot } from './platform/project-root.ts';

const folder = join(projectRoot(), 'api');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'openapi.json'), await openApiText());
