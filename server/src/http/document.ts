import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { ApiScope } from './api-context.ts';
import { allShapes } from './shapes.ts';

/** How the published document is made: OpenAPI 3.1 from the routes themselves. */
export const documentOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Leadwell',
      version: '1',
      description:
        'The own API of Leadwell. Names are in snake_case, instants in UTC by ISO 8601. Lists answer `data` and ' +
        '`next_cursor`; refusals are problems by RFC 9457.',
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of the dialect native.' } },
    },
    security: [{ token: [] }],
  },
  refResolver: { buildLocalReference: (json, _base, _fragment, at) => String(json['$id'] ?? `shape-${at}`) },
};

/** Makes the named schemas known, and serves the document. */
export function documentRoute(scope: ApiScope): void {
  for (const [name, schema] of allShapes()) scope.addSchema({ ...schema, $id: name });
  scope.get('/openapi.json', { config: { policy: 'public' }, schema: { hide: true } }, () => scope.swagger());
}
