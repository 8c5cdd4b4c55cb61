import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** One reply of the API. */
interface Answered {
  method: string;
  /** Includes `/v1`, but not the query string. */
  path: string;
  status: number;
  text: string;
}

interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: unknown }> }> }>
  >;
  components: { schemas: Record<string, unknown> };
}

type Hold = (answered: Answered) => Promise<string | undefined>;
const held = new WeakMap<FastifyInstance, Hold>();

/** Returns a function that says how a reply's status, fields or types differ from the published document. */
export function checkAgainstDocument(app: FastifyInstance): Hold {
  const hold = held.get(app) ?? makeHold(app);
  held.set(app, hold);
  return hold;
}

function makeHold(app: FastifyInstance): Hold {
  let document: Promise<Document> | undefined;
  const compiled = new Map<string, ReturnType<typeof Compile>>();
  return async ({ method, path, status, text }) => {
    document ??= app.inject('/v1/openapi.json').then((reply) => reply.json<Document>());
    const { paths, components } = await document;
    const template = templateOf(path, Object.keys(paths));
    const operation = template && paths[template]?.[method.toLowerCase()];
    if (!operation) return undefined;
    const documented = operation.responses[status];
    if (!documented) return `${method} ${template} answered ${status}, which is not documented.`;
    const [content] = Object.values(documented.content ?? {});
    if (text === '') return content ? `${method} ${template} answered ${status} without a body.` : undefined;
    if (!content) return `${method} ${template} answered ${status} with a body.`;
    const key = `${method} ${template} ${status}`;
    const validator = compiled.get(key) ?? Compile(whole(content.schema, components.schemas) as TSchema);
    compiled.set(key, validator);
    const errors = validator.Errors(JSON.parse(text));
    return errors.length > 0 ? `${key}: ${text} against ${JSON.stringify(errors.slice(0, 3))}` : undefined;
  };
}

/** The document's path that matches a URL; fixed parts take precedence over parameters. */
function templateOf(path: string, templates: readonly string[]): string | undefined {
  const sent = path.split('/');
  const fits = templates.filter((template) => {
    const parts = template.split('/');
    return parts.length === sent.length && parts.every((part, at) => part.startsWith('{') || part === sent[at]);
  });
  return fits.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

/** The schema with its references resolved and additional properties forbidden. */
function whole(schema: unknown, shapes: Document['components']['schemas']): unknown {
  if (Array.isArray(schema)) return schema.map((item) => whole(item, shapes));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref } = schema as { $ref?: string };
  if ($ref) return whole(shapes[$ref.replace('#/components/schemas/', '')], shapes);
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, whole(value, shapes)]));
  if (copy['type'] === 'object' && copy['properties'] !== undefined) copy['additionalProperties'] ??= false;
  return copy;
}
