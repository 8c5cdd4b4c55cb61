import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { ApiScope } from './api-context.ts';
import { allShapes } from './shapes.ts';

/** Settings of the OpenAPI 3.1 document, which is generated from the routes. */
export const documentOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Leadwell',
      version: '1',
      description:
        "Leadwell's own API. Names are in snake_case, timestamps in UTC (ISO 8601). Lists return `data` and " +
        '`next_cursor`; errors are problem details (RFC 9457).',
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of the `native` dialect.' } },
    },
    security: [{ token: [] }],
  },
  refResolver: { buildLocalReference: (json, _base, _fragment, at) => String(json['$id'] ?? `shape-${at}`) },
};

/** Registers the named schemas and serves the OpenAPI document. */
export function documentRoute(scope: ApiScope): void {
  for (const [name, schema] of allShapes()) scope.addSchema({ ...schema, $id: name });
  scope.get('/openapi.json', { config: { policy: 'public' }, schema: { hide: true } }, () => scope.swagger());
}
