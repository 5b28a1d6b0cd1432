import { existsSync } from 'node:fs'
import { ConfigError, readConfig } from '../config.ts'
import { developmentKey } from '../service.ts'
import { openSqlite, type SqliteStore } from '../store/better-sqlite3.ts'
import { openKeyFile } from '../store/key-file.ts'
import { openVault, type Vault } from '../store/seal.ts'

/** The service may be running: it takes up what is approved at its next tick. */
export async function withDatabase<T>(work: (store: SqliteStore, vault: Vault) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  if (!existsSync(config.databasePath)) throw new ConfigError('Chưa có cơ sở dữ liệu. Hãy chạy dịch vụ một lần trước.')
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  try {
    return await work(store, openVault(config.dataKey ?? developmentKey(config), keys))
  } finally {
    store.close()
    keys.close()
  }
}
