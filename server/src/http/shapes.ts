import Type, { type Static, type TSchema } from 'typebox';

/** A schema with a unique name in the OpenAPI document. */
export interface Shape<T extends TSchema> {
  name: string;
  schema: T;
  /** Reference to the schema, for use in routes and other schemas. */
  ref: ReturnType<typeof Type.Unsafe<Static<T>>>;
}

const shapes = new Map<string, TSchema>();

/** Registers a schema under its name in the OpenAPI document. */
export function shape<T extends TSchema>(name: string, schema: T): Shape<T> {
  if (shapes.has(name)) throw new Error(`Two schemas are called ${name}.`);
  shapes.set(name, schema);
  return { name, schema, ref: Type.Unsafe<Static<T>>({ $ref: `${name}#` }) };
}

export function allShapes(): ReadonlyMap<string, TSchema> {
  return shapes;
}

/** The schema behind a reference. */
export function resolveShape(schema: TSchema): TSchema {
  const name = (schema as { $ref?: string }).$ref?.replace(/#$/, '');
  return (name && shapes.get(name)) || schema;
}

export const textOrNull = (description: string, more: object = {}) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description, ...more });
export const numberOrNull = (description: string, more: object = {}) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, ...more });
export const wholeOrNull = (description: string, more: object = {}) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description, ...more });
export const booleanOrNull = (description: string) =>
  Type.Unsafe<boolean | null>({ type: ['boolean', 'null'], description });
/** A date (YYYY-MM-DD) or null. */
export const dateOrNull = (description: string) => textOrNull(description, { format: 'date' });
/** A timestamp in UTC (ISO 8601). */
export const instant = (description: string) => Type.String({ format: 'date-time', description });
export const instantOrNull = (description: string) => textOrNull(description, { format: 'date-time' });
export const oneOf = <const W extends readonly string[]>(words: W, description: string) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words], description });

/** An object in which unknown properties are refused by name. */
export const closed = <P extends Record<string, TSchema>>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description && { description }) });

/** A named schema of what the API answers. */
export const viewShape = <P extends Record<string, TSchema>>(name: string, description: string, properties: P) =>
  shape(name, Type.Object(properties, { description }));

/** A named schema of what the API is sent. */
export const bodyShape = <P extends Record<string, TSchema>>(name: string, description: string, properties: P) =>
  shape(name, closed(properties, description));
