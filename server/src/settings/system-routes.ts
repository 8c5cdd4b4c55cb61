import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { replies } from '../http/replies.ts';
import { contextOf, inWorkspace } from '../http/request-context.ts';
import { instant, shape } from '../http/shapes.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import { databaseFacts, jobFacts, type SystemFacts } from './system-store.ts';

const WEEK_MS = 604_800_000;

/** What the routes of this file need besides what every route needs. */
export interface SystemContext extends ApiContext {
  system: SystemFacts;
}

const systemView = shape(
  'SystemView',
  Type.Object(
    {
      version: Type.String({ description: 'Of Leadwell.' }),
      node: Type.String({ description: 'Of Node.js.' }),
      started_at: instant('Since when this process runs.'),
      database: Type.Object({
        version: Type.String(),
        bytes: Type.Number({ description: 'All of it, indexes included.' }),
        embedded: Type.Boolean({ description: 'true: it runs beside the server, in DATA_DIR.' }),
        migrations: Type.Integer({ description: 'How many there are; all were run at the start.' }),
      }),
      jobs: Type.Object({
        waiting: Type.Integer(),
        running: Type.Integer(),
        failed: Type.Integer({ description: 'In the last seven days.' }),
      }),
      settings: Type.Array(
        Type.Object({
          name: Type.String(),
          value: Type.String({ description: 'Without secrets.' }),
          about: Type.String(),
          from_environment: Type.Boolean({ description: 'true: set from outside, so it cannot be changed here.' }),
        }),
      ),
    },
    { description: 'How the server stands.' },
  ),
);

/** `/v1/system`. */
export function systemRoutes(scope: ApiScope, api: SystemContext): void {
  scope.get(
    '/system',
    {
      config: { policy: 'administer' },
      schema: { summary: 'Read how the server stands', tags: ['System'], response: replies({ 200: systemView.ref }) },
    },
    async (request) => {
      const { version, startedAt, isEmbedded, settings } = api.system;
      const since = new Date(contextOf(request).at.getTime() - WEEK_MS);
      const migrations = (await readMigrations()).length;
      return inWorkspace(api, request, async (tx) => ({
        version,
        node: process.versions.node,
        started_at: startedAt.toISOString(),
        database: { ...(await databaseFacts(tx)), embedded: isEmbedded, migrations },
        jobs: await jobFacts(tx, since),
        settings: [...settings],
      }));
    },
  );
}
