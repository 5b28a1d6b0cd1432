import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { readConfig } from '../config.ts'

const USAGE = 'Cách dùng: npm run backup -- TỆP [TỆP-KHOÁ]    (mặc định TỆP.keys; chạy được khi dịch vụ đang chạy)'

process.umask(0o077)
process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const [target, keyTarget] = args
  if (target === undefined || args.length > 2) {
    console.error(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  const file = resolve(target)
  const keyFile = resolve(keyTarget ?? `${target}.keys`)
  const manifest = `${file}.audit.json`
  for (const path of [file, keyFile, manifest]) {
    if (existsSync(path)) {
      console.error(`Đã có tệp ${path}; hãy chọn tên khác.`)
      return 1
    }
  }
  for (const path of [file, keyFile]) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // The database first: every key it needs is then in the copy of the keys, and an erasure in between stays one.
  await copy(config.databasePath, file)
  await copy(config.keysPath, keyFile)
  writeFileSync(manifest, `${JSON.stringify(headsIn(file), null, 2)}\n`, { flag: 'wx', mode: 0o600 })
  console.log(
    `Đã sao lưu vào ${file} và ${keyFile}. Giữ tệp khoá ở nơi khác, và không giữ lâu. Giữ ${manifest} lâu: npm run audit -- verify so nhật ký với nó.`,
  )
  return 0
}

/** Copies a live database page by page, then checks the copy. */
async function copy(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  await source.backup(to)
  source.close()
  const made = new Database(to)
  // A copy is one file: no log beside it that could be forgotten or left behind.
  made.pragma('journal_mode = DELETE')
  const verdict = made.pragma('quick_check', { simple: true })
  made.close()
  if (verdict !== 'ok') throw new Error(`bản sao ${to} không lành: ${verdict}`)
}

/** The last link of each chain of the audit: rows cut off later are missed by whoever still has this. */
function headsIn(path: string): { takenAt: string; heads: unknown[] } {
  const database = new Database(path, { readonly: true })
  const heads = database.prepare('select staff, seq, hash from audit_head order by staff').all()
  database.close()
  return { takenAt: new Date().toISOString(), heads }
}
