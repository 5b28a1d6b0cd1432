import type { Query, Read } from './query.ts'
import type { Store } from './store.ts'

/** The part of Cloudflare's D1 binding that is used here. */
export interface D1Like {
  prepare(sql: string): D1Statement
  batch(statements: D1Statement[]): Promise<unknown>
}

interface D1Statement {
  bind(...values: unknown[]): D1Statement
  raw(): Promise<unknown[][]>
}

/**
 * The distributed engine. A batch is one transaction; there is no interactive one, and the primary key of the events
 * is the lock. Writes are never repeated by the driver: a batch whose fate is unknown is asked about by its key.
 */
export function d1Store(database: D1Like): Store {
  const bind = (query: Query) => database.prepare(query.sql).bind(...query.params.map(toD1))
  const rows = async <Row>(query: Read<Row>): Promise<readonly Row[]> => (await bind(query).raw()).map(query.decode)
  return {
    read: rows,
    returning: rows,
    async batch(writes) {
      if (writes.length > 0) await database.batch(writes.map(bind))
    },
    // D1 keeps thirty days of history of its own: what erases there is the destruction of keys, kept elsewhere.
    scrub: async () => undefined,
  }
}

/** D1 takes an ArrayBuffer for a blob, and neither undefined nor a boolean. */
function toD1(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)
  if (typeof value === 'boolean') return value ? 1 : 0
  return value ?? null
}
