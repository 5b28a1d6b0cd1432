import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { readConfig } from '../config.ts'

const USAGE = 'Cách dùng: npm run backup -- TỆP    (tạo TỆP và TỆP.keys; chạy được khi dịch vụ đang chạy)'

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const [target] = args
  if (target === undefined || args.length !== 1) {
    console.error(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  const file = resolve(target)
  for (const path of [file, `${file}.keys`]) {
    if (existsSync(path)) {
      console.error(`Đã có tệp ${path}; hãy chọn tên khác.`)
      return 1
    }
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // The database first: every key it needs is then in the copy of the keys, and an erasure in between stays one.
  await copy(config.databasePath, file)
  await copy(config.keysPath, `${file}.keys`)
  console.log(`Đã sao lưu vào ${file} và ${file}.keys. Giữ tệp khoá ở nơi khác, và không giữ lâu.`)
  return 0
}

/** Copies a live database page by page, then checks the copy. */
async function copy(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  await source.backup(to)
  source.close()
  const made = new Database(to, { readonly: true })
  const verdict = made.pragma('quick_check', { simple: true })
  made.close()
  if (verdict !== 'ok') throw new Error(`bản sao ${to} không lành: ${verdict}`)
}
