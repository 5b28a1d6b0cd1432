import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { developmentKey } from '../service.ts'
import { openSqlite } from '../store/better-sqlite3.ts'
import { putValue } from '../store/directory.ts'
import { openKeyFile } from '../store/key-file.ts'
import { openVault } from '../store/seal.ts'

const USAGE = `Cách dùng:
  npm run staff -- link    in ra một đường dẫn mới, dùng một lần, để mở danh sách chờ; đường dẫn cũ hết dùng được`

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  if (args[0] !== 'link' || args.length > 1) {
    console.error(USAGE)
    return 2
  }
  try {
    const config = readConfig(process.env)
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

/** Replaces the one-time link; the service may be running, since only a hash in one row changes. */
async function newLink(config: Config): Promise<string> {
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  try {
    const token = randomBytes(24).toString('base64url')
    const vault = openVault(config.dataKey ?? developmentKey(config), keys)
    await putValue(store, 'setup_link', vault.hashToken(token))
    const host = config.host.includes(':') ? `[${config.host}]` : config.host
    return `${config.publicUrl ?? `http://${host}:${config.port}`}/desk/setup?token=${token}`
  } finally {
    store.close()
    keys.close()
  }
}
