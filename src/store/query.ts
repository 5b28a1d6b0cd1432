import { Column, fillPlaceholders, is, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/sqlite-proxy'

/** One SQL statement with its parameters: what a batch is made of, on every engine. */
export interface Query {
  sql: string
  params: readonly unknown[]
}

/** A read whose rows come back as arrays, in the order of its columns, and are decoded to objects. */
export interface Read<Row> extends Query {
  decode(row: readonly unknown[]): Row
}

/** Builds statements without a connection; each is turned to SQL once and bound many times. */
export const build = drizzle(async () => ({ rows: [] }))

/** A named parameter of a statement. */
export const p = sql.placeholder

type Values = Record<string, unknown>

/** Compiles a write once. */
export function write<V extends Values = Values>(builder: Compilable): (values: V) => Query {
  const compiled = builder.toSQL()
  return (values) => ({ sql: compiled.sql, params: fillPlaceholders(compiled.params, values) })
}

interface Compilable {
  toSQL(): { sql: string; params: unknown[] }
}

/** Compiles a read once; columns are decoded by drizzle's own column types. */
export function select<Row, V extends Values = Values>(
  builder: Compilable & { readonly _: { readonly result: Row[] } },
): (values: V) => Read<Row> {
  return decoding<Row, V>(builder, (builder._ as unknown as { selectedFields: Values }).selectedFields)
}

/** Compiles a write that returns these columns, in this order. */
export function returning<F extends Record<string, Column>, V extends Values = Values>(
  builder: Compilable,
  fields: F,
): (values: V) => Read<{ [K in keyof F]: F[K]['_']['data'] }> {
  return decoding(builder, fields)
}

function decoding<Row, V extends Values>(builder: Compilable, selected: Values): (values: V) => Read<Row> {
  const compiled = builder.toSQL()
  const fields = Object.entries(selected)
  const decode = (row: readonly unknown[]): Row =>
    Object.fromEntries(fields.map(([name, field], i) => [name, decodeValue(field, row[i])])) as Row
  return (values) => ({ sql: compiled.sql, params: fillPlaceholders(compiled.params, values), decode })
}

function decodeValue(field: unknown, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return is(field, Column) ? field.mapFromDriverValue(value) : value
}
