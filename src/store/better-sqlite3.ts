import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { commitGroup, preparing, type Unit, type Writer } from './group-commit.ts'
import { emptyLog, openFile } from './sqlite-file.ts'
import type { Store } from './store.ts'
import { startWriter } from './writer.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

export interface SqliteStore extends Store {
  readonly database: Database.Database
  close(): void | Promise<void>
}

/** Opens the embedded database, brings it to the present schema, and proves that commits are synced. */
export function openSqlite(path: string): SqliteStore {
  const database = openPrepared(path)
  const prepare = preparing(database)
  return sqliteStore(database, {
    commit: (units) => commitGroup(database, prepare, units),
    emptyLog: () => void emptyLog(database),
    close: () => undefined,
  })
}

/** The same for a service under load: reads stay here, a thread of its own writes. */
export function openSqliteService(path: string): SqliteStore {
  const database = openPrepared(path)
  return sqliteStore(database, startWriter(path))
}

function openPrepared(path: string): Database.Database {
  const database = openFile(path)
  migrate(drizzle(database), { migrationsFolder: MIGRATIONS })
  assertDurable(database)
  return database
}

/** better-sqlite3 reads FULL before the first write and NORMAL after it unless set: look after a write. */
function assertDurable(database: Database.Database): void {
  database.exec("insert into setting (name, value) values ('opened', '1') on conflict (name) do update set value = '1'")
  const level = database.pragma('synchronous', { simple: true })
  if (level !== 2) throw new Error(`SQLite runs with synchronous=${level}, expected 2 (FULL)`)
}

interface Waiting {
  unit: Unit
  resolve(rows: readonly unknown[][]): void
  reject(error: unknown): void
}

/** What is written together is committed as one group, one group after the other. */
function sqliteStore(database: Database.Database, writer: Writer): SqliteStore {
  const prepare = preparing(database)
  let waiting: Waiting[] = []
  let busy = false

  const flush = async (): Promise<void> => {
    const group = waiting
    waiting = []
    try {
      const outcomes = await writer.commit(group.map(({ unit }) => unit))
      for (const [i, outcome] of outcomes.entries())
        if ('error' in outcome) group[i]!.reject(outcome.error)
        else group[i]!.resolve(outcome.rows)
    } catch (error) {
      for (const one of group) one.reject(error)
    }
    busy = waiting.length > 0
    if (busy) setImmediate(flush)
  }

  /** Waits for the next group, so that a claim shares its sync with the turns beside it. */
  const join = (unit: Unit): Promise<readonly unknown[][]> =>
    new Promise((resolve, reject) => {
      waiting.push({ unit, resolve, reject })
      if (busy) return
      busy = true
      setImmediate(flush)
    })

  return {
    database,
    read: async (query) => (prepare(query.sql).all(...query.params) as unknown[][]).map(query.decode),
    returning: async (query) => (await join({ queries: [query], rows: true })).map(query.decode),
    batch: async (queries) => {
      await join({ queries, rows: false })
    },
    scrub: async () => writer.emptyLog(),
    close() {
      const closed = writer.close()
      if (closed) return closed.then(() => void database.close())
      database.close()
    },
  }
}
