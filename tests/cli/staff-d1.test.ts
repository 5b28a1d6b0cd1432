import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from '../../src/cli/files.ts'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { openKeyFile } from '../../src/store/key-file.ts'
import { openVault } from '../../src/store/seal.ts'
import { useLink } from '../../src/store/tickets.ts'

test('the command for D1 makes exactly the printed link work, and carries no token', async () => {
  const key = Buffer.alloc(32, 3)
  const printed = execFileSync(process.execPath, ['src/cli/staff.ts', 'link', '--d1'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { DATA_KEY: key.toString('base64'), PUBLIC_URL: 'https://dong-hanh.test' },
  })
  const sql = /--command "([^"]+)"/.exec(printed)![1]!
  const token = /https:\/\/dong-hanh\.test\/desk\/setup\?token=([\w-]+)/.exec(printed)![1]!
  expect(sql).not.toContain(token)
  const store = openSqlite(':memory:')
  const keys = openKeyFile(':memory:')
  store.database.exec(sql)
  const vault = openVault(key, keys)
  expect(await useLink(store, vault.hashToken('another'))).toBe(false)
  expect(await useLink(store, vault.hashToken(token))).toBe(true)
  store.close()
  keys.close()
})
