import type { FastifyInstance } from 'fastify';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
}

interface Document {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

/** The request bodies of the published document. */
export async function bodiesOf(app: FastifyInstance) {
  const { paths, components } = (await app.inject('/v1/openapi.json')).json<Document>();
  const resolve = (schema: Schema): Schema =>
    schema.$ref ? (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  const sample = (given: Schema): unknown => {
    const schema = resolve(given);
    if (schema.enum) return schema.enum[0];
    switch ([schema.type].flat()[0]) {
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]),
        );
      case 'array':
        return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'boolean':
        return true;
      default:
        if (schema.format === 'date') return '2026-01-31';
        return schema.format === 'date-time' ? '2026-01-31T09:30:00Z' : 'x'.repeat(schema.minLength ?? 1);
    }
  };
  const operationOf = (method: string, path: string) => paths[path]?.[method.toLowerCase()];
  return {
    paths,
    /** The smallest valid body; undefined if the route takes none. */
    sampleFor(method: string, path: string): object | undefined {
      const schema = operationOf(method, path)?.requestBody?.content['application/json']?.schema;
      return schema && (sample(schema) as object);
    },
    /** The names of all fields that a body may contain. */
    namesFor(method: string, path: string): string[] {
      const schema = operationOf(method, path)?.requestBody?.content['application/json']?.schema;
      return schema ? Object.keys(resolve(schema).properties ?? {}) : [];
    },
  };
}
