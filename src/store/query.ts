import { Column, is, Param, Placeholder, sql } from 'drizzle-orm'
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
  const { sql, params } = builder.toSQL()
  const bind = binder(params)
  return (values) => ({ sql, params: bind(values) })
}

/** `fillPlaceholders` with the question of what each parameter is asked once instead of at every call. */
function binder(params: readonly unknown[]): (values: Values) => unknown[] {
  const makers = params.map((param): ((values: Values) => unknown) => {
    if (is(param, Placeholder)) return (values) => given(values, param.name)
    if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
    const { encoder, value } = param
    return (values) => encoder.mapToDriverValue(given(values, value.name))
  })
  return (values) => makers.map((make) => make(values))
}

function given(values: Values, name: string): unknown {
  if (!(name in values)) throw new Error(`no value for the parameter ${name}`)
  return values[name]
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
  const { sql, params } = builder.toSQL()
  const bind = binder(params)
  const fields = Object.entries(selected).map(([name, field]) => ({ name, column: is(field, Column) ? field : null }))
  const decode = (row: readonly unknown[]): Row => {
    const decoded: Values = {}
    for (const [i, { name, column }] of fields.entries()) {
      const value = row[i] ?? null
      decoded[name] = value !== null && column ? column.mapFromDriverValue(value) : value
    }
    return decoded as Row
  }
  return (values) => ({ sql, params: bind(values), decode })
}
