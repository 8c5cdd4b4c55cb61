import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { instant, textOrNull, viewShape } from '../http/shapes.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import { databaseFacts, jobFacts, type SystemFacts } from './system-store.ts';

const WEEK_MS = 604_800_000;

/** Additional services that the system route needs. */
export interface SystemContext extends ApiContext {
  system: SystemFacts;
}

const systemView = viewShape('SystemView', 'State of the server.', {
  version: Type.String({ description: 'Version of Leadwell.' }),
  node: Type.String({ description: 'Version of Node.js.' }),
  started_at: instant('When this process started.'),
  database: Type.Object({
    version: Type.String(),
    bytes: Type.Number({ description: 'Total size, including indexes.' }),
    embedded: Type.Boolean({ description: 'Whether the embedded database is used, with its data in DATA_DIR.' }),
    migrations: Type.Integer({ description: 'Number of migrations. All of them have been applied.' }),
  }),
  jobs: Type.Object({
    waiting: Type.Integer(),
    running: Type.Integer(),
    failed: Type.Integer({ description: 'Jobs that failed in the last seven days.' }),
  }),
  settings: Type.Array(
    Type.Object({
      name: Type.String(),
      value: textOrNull("Current value; null if it is set but only the server's operator may see it."),
      about: Type.String(),
      from_environment: Type.Boolean({
        description: 'true if it is set by an environment variable and cannot be changed here.',
      }),
    }),
  ),
});

const { route } = routesAbout('System');

/** `/v1/system`: the state of the server. */
export function systemRoutes(scope: ApiScope, api: SystemContext): void {
  scope.get('/system', route('administer', 'Get the state of the server', { 200: systemView.ref }), async (request) => {
    const { version, startedAt, isEmbedded, settings } = api.system;
    const since = new Date(contextOf(request).at.getTime() - WEEK_MS);
    const migrations = (await readMigrations()).length;
    return reading(api, request, async (tx) => ({
      version,
      node: process.versions.node,
      started_at: startedAt.toISOString(),
      database: { ...(await databaseFacts(tx)), embedded: isEmbedded, migrations },
      jobs: await jobFacts(tx, since),
      settings: [...settings],
    }));
  });
}
