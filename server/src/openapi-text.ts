import Fastify from 'fastify';
import { registerApi, type WholeApiContext } from './api.ts';
import { allDialects } from './dialects/all-dialects.ts';
import { usualFigures } from './workspaces/limits/catalogue.ts';
import { limitRequestRates } from './workspaces/limits/request-rates.ts';

/** The OpenAPI document of `/v1` as text, with sorted keys. Needs no database. */
export async function openApiText(): Promise<string> {
  const app = Fastify();
  // The routes are only described, not called, except that of the document itself, which is subject to rate limits.
  const rates = limitRequestRates(usualFigures);
  await registerApi(app, { dialects: allDialects, rates } as unknown as WholeApiContext);
  await app.ready();
  const { body } = await app.inject('/v1/openapi.json');
  await app.close();
  return `${JSON.stringify(sorted(JSON.parse(body)), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
