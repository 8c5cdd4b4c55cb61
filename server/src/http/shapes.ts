import Type, { type Static, type TSchema } from 'typebox';

/** Schemas that have a name in the published document: one schema, one name. */
export interface Shape<T extends TSchema> {
  name: string;
  schema: T;
  /** Stands for the schema in routes and in other schemas. */
  ref: ReturnType<typeof Type.Unsafe<Static<T>>>;
}

const shapes = new Map<string, TSchema>();

/** Gives a schema its name in the published document. */
export function shape<T extends TSchema>(name: string, schema: T): Shape<T> {
  if (shapes.has(name)) throw new Error(`Two schemas are called ${name}.`);
  shapes.set(name, schema);
  return { name, schema, ref: Type.Unsafe<Static<T>>({ $ref: `${name}#` }) };
}

/** All named schemas, for the document. */
export function allShapes(): ReadonlyMap<string, TSchema> {
  return shapes;
}

/** The schema that a route's schema stands for. */
export function resolveShape(schema: TSchema): TSchema {
  const name = (schema as { $ref?: string }).$ref?.replace(/#$/, '');
  return (name && shapes.get(name)) || schema;
}

/** Text, also null. */
export const textOrNull = (description: string, more: object = {}) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description, ...more });
/** A number, also null. */
export const numberOrNull = (description: string, more: object = {}) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, ...more });
/** A whole number, also null. */
export const wholeOrNull = (description: string, more: object = {}) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description, ...more });
/** true or false, also null. */
export const booleanOrNull = (description: string) =>
  Type.Unsafe<boolean | null>({ type: ['boolean', 'null'], description });
/** YYYY-MM-DD, also null. */
export const dateOrNull = (description: string) => textOrNull(description, { format: 'date' });
/** An instant in UTC, ISO 8601. */
export const instant = (description: string) => Type.String({ format: 'date-time', description });
/** An instant, also null. */
export const instantOrNull = (description: string) => textOrNull(description, { format: 'date-time' });
/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(words: W, description: string) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words], description });

/** An object with exactly these properties: an unknown one is refused by its name. */
export const closed = <P extends Record<string, TSchema>>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description && { description }) });
