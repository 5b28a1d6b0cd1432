import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { commitGroup, preparing, type Unit } from './group-commit.ts'
import type { Store } from './store.ts'

const BUSY_MS = 5_000
const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

export interface SqliteStore extends Store {
  readonly database: Database.Database
  close(): void
}

/** Opens the embedded database, brings it to the present schema, and proves that commits are synced. */
export function openSqlite(path: string): SqliteStore {
  const database = openFile(path)
  migrate(drizzle(database), { migrationsFolder: MIGRATIONS })
  assertDurable(database)
  return sqliteStore(database)
}

/** A connection with the settings every file of ours needs. */
export function openFile(path: string): Database.Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma(`busy_timeout = ${BUSY_MS}`)
  database.pragma('foreign_keys = ON')
  database.pragma('secure_delete = ON')
  database.pragma('mmap_size = 0')
  database.pragma('synchronous = FULL')
  return database
}

/**
 * Moves the write-ahead log into the file and empties it, so that what was erased lies in neither. False when another
 * process is reading, such as a backup; the service does not stand still for it.
 */
export function emptyLog(database: Database.Database): boolean {
  database.pragma('busy_timeout = 0')
  try {
    return database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
  } finally {
    database.pragma(`busy_timeout = ${BUSY_MS}`)
  }
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

function sqliteStore(database: Database.Database): SqliteStore {
  const prepare = preparing(database)
  let waiting: Waiting[] = []

  const flush = (): void => {
    const group = waiting
    waiting = []
    const outcomes = commitGroup(
      database,
      prepare,
      group.map(({ unit }) => unit),
    )
    for (const [i, outcome] of outcomes.entries())
      if ('error' in outcome) group[i]!.reject(outcome.error)
      else group[i]!.resolve(outcome.rows)
  }

  /** Waits for the next group, so that a claim shares its sync with the turns beside it. */
  const join = (unit: Unit): Promise<readonly unknown[][]> =>
    new Promise((resolve, reject) => {
      waiting.push({ unit, resolve, reject })
      if (waiting.length === 1) setImmediate(flush)
    })

  return {
    database,
    read: async (query) => (prepare(query.sql).all(...query.params) as unknown[][]).map(query.decode),
    returning: async (query) => (await join({ queries: [query], rows: true })).map(query.decode),
    batch: async (queries) => {
      await join({ queries, rows: false })
    },
    scrub: async () => {
      emptyLog(database)
    },
    close: () => database.close(),
  }
}
