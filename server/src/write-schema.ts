import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dumpSchema } from './platform/database/dump-schema.ts';
import { migrate } from './platform/database/migrate.ts';
import { startCluster } from './platform/postgres/cluster.ts';
import { projectRoot } from './platform/project-root.ts';

/**
 * Writes server/schema.sql: the whole schema as the migrations create it on an empty database. Run by `npm run schema`.
 */
const dataDir = await mkdtemp(join(tmpdir(), 'leadwell-schema-'));
const cluster = await startCluster({ dataDir });
try {
  await migrate(cluster.owner);
  await writeFile(join(projectRoot(), 'server/schema.sql'), await dumpSchema(cluster.owner));
} finally {
  await cluster.stop();
  await rm(dataDir, { recursive: true, force: true });
}
