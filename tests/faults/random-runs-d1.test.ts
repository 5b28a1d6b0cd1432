import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, test } from 'vitest'
import { getPlatformProxy } from 'wrangler'
import { ROOT } from '../../src/cli/files.ts'
import { type D1Like, d1Store } from '../../src/store/d1.ts'
import { manyRuns } from './many-runs.ts'
import { memoryKeys } from './sqlite-ground.ts'
import type { Ground } from './stage.ts'

const MIGRATIONS = join(ROOT, 'src/store/migrations')
let database: D1Like
let dispose: () => Promise<void>
let tables: readonly string[]

/** A real D1 in workerd, in memory, spoken to from here; migrated from the same files as on Node. */
beforeAll(async () => {
  process.env.WRANGLER_SEND_METRICS = 'false'
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const proxy = await getPlatformProxy({ configPath: join(ROOT, 'wrangler.toml'), persist: false })
  database = (proxy.env as unknown as { DB: D1Like }).DB
  dispose = proxy.dispose
  for (const file of readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))) {
    const statements = readFileSync(join(MIGRATIONS, file), 'utf8').split('--> statement-breakpoint')
    await database.batch(statements.map((sql) => database.prepare(sql)))
  }
  const found = (await database
    .prepare("select name from sqlite_master where type = 'table'")
    .bind()
    .raw()) as string[][]
  tables = found.map(([name]) => name!).filter((name) => !name.startsWith('_cf') && name !== 'sqlite_sequence')
})
afterAll(() => dispose?.())

/** Runs follow one another, so an emptied database is as good as a new one. */
async function open(): Promise<Ground> {
  await database.batch([...tables, 'sqlite_sequence'].map((name) => database.prepare(`delete from "${name}"`)))
  return { keys: memoryKeys(), connect: () => d1Store(database), close: () => undefined }
}

test('on D1 too, each message is one turn, nothing acknowledged is lost, and only doubts are repeated', async () => {
  await manyRuns(open, 10, 24)
}, 300_000)
