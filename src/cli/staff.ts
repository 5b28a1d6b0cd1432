import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { makeLinkCode } from '../app/staff-phone-link.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { developmentKey } from '../service.ts'
import { openSqlite } from '../store/better-sqlite3.ts'
import { readDirectory, replaceSetupLink } from '../store/directory.ts'
import { openKeyFile } from '../store/key-file.ts'
import type { KeyStore } from '../store/key-store.ts'
import { openVault } from '../store/seal.ts'
import { loadPoints, printPoints } from './points.ts'

const USAGE = `Cách dùng:
  npm run staff -- link    in ra một đường dẫn mới, dùng một lần, để mở danh sách chờ; đường dẫn cũ hết dùng được
  npm run staff -- link --d1   như trên, cho Cloudflare D1: in kèm lệnh cần chạy một lần
  npm run staff -- phone MÃ_CÁN_BỘ   in ra mã dùng một lần (15 phút) để cán bộ này liên kết điện thoại của mình
  npm run staff -- points TỆP    thay toàn bộ danh sách điểm, câu lạc bộ bằng tệp này (dạng như content/samples.yaml)
  npm run staff -- points TỆP --d1   không ghi gì, in ra các lệnh SQL để chạy trên Cloudflare D1`

/** Hashing a token needs nobody's own key. */
const NO_KEYS: KeyStore = {
  add: async () => undefined,
  newest: async () => null,
  byId: async () => null,
  destroy: async () => undefined,
}

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  if (args[0] === 'points') return runPoints(args.slice(1))
  if (args[0] === 'phone' && args[1] !== undefined && args.length === 2) return printPhoneCode(args[1])
  const onD1 = args[1] === '--d1'
  if (args[0] !== 'link' || args.length > (onD1 ? 2 : 1)) {
    console.error(USAGE)
    return 2
  }
  try {
    const config = readConfig(process.env)
    if (onD1) return tellD1(config)
    if (!existsSync(config.databasePath)) {
      console.error('Chưa có cơ sở dữ liệu. Hãy chạy dịch vụ một lần trước: lần đầu nó tự in đường dẫn.')
      return 1
    }
    console.log(`Mở danh sách chờ (dùng một lần): ${await newLink(config)}`)
    return 0
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    return 1
  }
}

/** Until the desk has its page: the code that a member sends from their own chat. */
async function printPhoneCode(staff: string): Promise<number> {
  const config = readConfig(process.env)
  if (!existsSync(config.databasePath)) {
    console.error('Chưa có cơ sở dữ liệu. Hãy chạy dịch vụ một lần trước.')
    return 1
  }
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  try {
    const members = (await readDirectory(store, null))?.staff ?? []
    if (!members.some(({ id, active }) => id === staff && active)) {
      console.error(`Không có cán bộ nào đang làm việc với mã ${staff}.`)
      return 1
    }
    const vault = openVault(config.dataKey ?? developmentKey(config), keys)
    const code = await makeLinkCode({ store, vault, now: Date.now }, staff)
    console.log(`Trong 15 phút, từ Telegram hoặc Zalo của mình, nhắn cho bot: liên kết ${code}`)
    return 0
  } finally {
    store.close()
    keys.close()
  }
}

async function runPoints(args: readonly string[]): Promise<number> {
  const [file, onD1] = args
  if (file === undefined || args.length > 2 || (onD1 !== undefined && onD1 !== '--d1')) {
    console.error(USAGE)
    return 2
  }
  return onD1 ? printPoints(file) : loadPoints(file, process.env)
}

/** The database is elsewhere: the operator puts the hash there, and nobody's log ever holds the link. */
function tellD1(config: Config): number {
  if (config.dataKey === null || config.publicUrl === null) {
    console.error('Cần DATA_KEY (cùng khoá với Worker) và PUBLIC_URL.')
    return 1
  }
  const token = newToken()
  const hash = openVault(config.dataKey, NO_KEYS).hashToken(token)
  const sql = `insert into setting (name, value) values ('setup_link', '${hash}') on conflict (name) do update set value = excluded.value`
  console.log(`Chạy một lần:\n  npx wrangler d1 execute DB --remote --command "${sql}"`)
  console.log(`Rồi mở danh sách chờ (dùng một lần): ${config.publicUrl}/desk/setup?token=${token}`)
  return 0
}

function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Replaces the one-time link; the service may be running, since only a hash in one row changes. */
async function newLink(config: Config): Promise<string> {
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  try {
    const token = newToken()
    const vault = openVault(config.dataKey ?? developmentKey(config), keys)
    await replaceSetupLink(store, vault.hashToken(token))
    const host = config.host.includes(':') ? `[${config.host}]` : config.host
    return `${config.publicUrl ?? `http://${host}:${config.port}`}/desk/setup?token=${token}`
  } finally {
    store.close()
    keys.close()
  }
}
