import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Read } from './query.ts'
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
  /** Runs its statements inside the transaction of the group. */
  run(): void
  resolve(): void
  reject(error: unknown): void
}

/**
 * Group commit: what is written together shares one transaction and one sync, a savepoint each. A violated key
 * rolls its own savepoint back; an error that ends the transaction (a full disk) rejects the whole group.
 */
function sqliteStore(database: Database.Database): SqliteStore {
  const statements = new Map<string, Database.Statement>()
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  let waiting: Waiting[] = []

  const flush = (): void => {
    const group = waiting
    waiting = []
    const done: Waiting[] = []
    try {
      database.exec('begin immediate')
      for (const one of group) if (runOne(one)) done.push(one)
      database.exec('commit')
    } catch (error) {
      rollBack()
      for (const one of group) one.reject(error)
      return
    }
    for (const one of done) one.resolve()
  }

  /** Whatever happens here, the group still hears of its failure. */
  const rollBack = (): void => {
    try {
      if (database.inTransaction) database.exec('rollback')
    } catch {
      // A transaction that cannot be rolled back was never committed either.
    }
  }

  const runOne = (one: Waiting): boolean => {
    database.exec('savepoint turn')
    try {
      one.run()
      database.exec('release turn')
      return true
    } catch (error) {
      if (!database.inTransaction) throw error
      database.exec('rollback to turn')
      database.exec('release turn')
      one.reject(error)
      return false
    }
  }

  /** Waits for the next group, so that a claim shares its sync with the turns beside it. */
  const join = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      let done: T
      const run = () => {
        done = work()
      }
      waiting.push({ run, resolve: () => resolve(done), reject })
      if (waiting.length === 1) setImmediate(flush)
    })

  const rows = <Row>(query: Read<Row>): readonly Row[] =>
    (
      prepare(query.sql)
        .raw()
        .all(...query.params) as unknown[][]
    ).map(query.decode)

  return {
    database,
    read: async (query) => rows(query),
    returning: (query) => join(() => rows(query)),
    batch: (writes) =>
      join(() => {
        for (const query of writes) prepare(query.sql).run(...query.params)
      }),
    scrub: async () => {
      emptyLog(database)
    },
    close: () => database.close(),
  }
}
