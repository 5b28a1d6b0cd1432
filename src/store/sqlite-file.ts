import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

const BUSY_MS = 5_000

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
