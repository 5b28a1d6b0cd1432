import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { readConfig } from '../config.ts'

const USAGE = 'Cách dùng: npm run restore -- TỆP [TỆP-KHOÁ]    (hãy dừng dịch vụ trước)'

/** What is counted on without a person, and the audit, which is a chain. */
const COUNTED = ['ticket', 'audit']
/** Columns beside `contact` that name a person. */
const NAMED: readonly (readonly [table: string, column: string])[] = [
  ['slip', 'walk_in'],
  ['chat_link', 'walk_in'],
  ['channel_join', 'first'],
  ['channel_join', 'second'],
]
/** Steps of what is gone. */
const ORPHANED: readonly (readonly [table: string, of: string])[] = [
  ['enrolment_step', 'enrolment'],
  ['referral_step', 'referral'],
]

/** Contacts whose handle was sealed with a key that is gone: bytes 2 to 9 of a sealed value name its key. */
const ERASED = `select contact from address where lower(hex(substr(handle, 2, 8))) not in (select id from keys.key)
  union select contact from conversation where contact not in (select contact from keys.key)`

process.umask(0o077)
process.exitCode = run(process.argv.slice(2))

function run(args: readonly string[]): number {
  const [source, keySource] = args
  if (source === undefined || args.length > 2) {
    console.error(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  const file = resolve(source)
  const keyFile = resolve(keySource ?? `${source}.keys`)
  if (!existsSync(file) || !isWhole(file)) {
    console.error(`Không đọc được bản sao ${file}.`)
    return 1
  }
  if (isInUse(config.databasePath)) {
    console.error('Dịch vụ còn đang chạy trên cơ sở dữ liệu này. Hãy dừng nó rồi khôi phục.')
    return 1
  }
  place(file, config.databasePath)
  // The present keys win: who was erased since the backup stays erased, because their key is in neither file.
  if (existsSync(config.keysPath)) console.log('Giữ nguyên tệp khoá đang có: người đã xoá dữ liệu vẫn là đã xoá.')
  else if (existsSync(keyFile)) place(keyFile, config.keysPath)
  const removed = dropErased(config.databasePath, config.keysPath)
  console.log(`Đã khôi phục từ ${file}. Áp lại ${removed} lần xoá.`)
  return 0
}

function isWhole(path: string): boolean {
  try {
    const database = new Database(path, { readonly: true })
    const verdict = database.pragma('quick_check', { simple: true })
    database.close()
    return verdict === 'ok'
  } catch {
    return false
  }
}

/** An exclusive lock is refused while another process has the file open for writing. */
function isInUse(path: string): boolean {
  if (!existsSync(path)) return false
  const database = new Database(path, { timeout: 200 })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    database.exec('begin exclusive; commit')
    return false
  } catch {
    return true
  } finally {
    database.close()
  }
}

/** What stood there before is kept beside it; a log of the old file must not be replayed into the new one. */
function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(to + suffix)) renameSync(to + suffix, `${to}.before-restore-${stamp}${suffix}`)
  copyFileSync(from, to)
}

/** Removes the rows of everyone who was erased after the backup was taken. */
function dropErased(databasePath: string, keysPath: string): number {
  const database = new Database(databasePath)
  database.pragma('secure_delete = ON')
  database.prepare('attach database ? as keys').run(keysPath)
  const gone = database.prepare(ERASED).pluck().all() as string[]
  const owned = [...tablesOfPeople(database), ...NAMED]
  database.transaction(() => {
    for (const contact of gone) {
      for (const [table, column] of owned)
        database.prepare(`delete from main.${table} where ${column} = ?`).run(contact)
      database
        .prepare('update ticket set closed_at = coalesce(closed_at, ?), contact = null where contact = ?')
        .run(Date.now(), contact)
    }
    for (const [table, of] of ORPHANED)
      database.exec(`delete from main.${table} where ${of} not in (select id from main.${of})`)
  })()
  database.close()
  return gone.length
}

/** Every table with a column for the person, so that one yet to be written is not forgotten. */
function tablesOfPeople(database: Database.Database): readonly (readonly [table: string, column: string])[] {
  const rows = database
    .prepare(
      "select t.name from main.sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and c.name = 'contact'",
    )
    .pluck()
    .all() as string[]
  return rows.filter((name) => !COUNTED.includes(name)).map((name) => [name, 'contact'])
}
