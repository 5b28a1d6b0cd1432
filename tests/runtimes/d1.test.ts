import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getPlatformProxy } from 'wrangler'
import { ROOT } from '../../src/cli/files.ts'
import { type D1Like, d1Store } from '../../src/store/d1.ts'
import { type BucketLike, bucketKeys } from '../../src/store/key-bucket.ts'
import { openVault } from '../../src/store/seal.ts'
import { keepsTheStoreContract } from '../store/contract.ts'
import { keepsTheAccompanyContract } from '../store/contract-accompany.ts'
import { keepsTheClubContract } from '../store/contract-clubs.ts'
import { keepsTheContentContract } from '../store/contract-content.ts'
import { keepsTheContestContract } from '../store/contract-contests.ts'
import { keepsTheCourseContract } from '../store/contract-courses.ts'
import { keepsTheEnrolmentContract } from '../store/contract-enrolments.ts'
import { keepsTheJoinContract } from '../store/contract-joins.ts'
import { keepsTheLoudspeakerContract } from '../store/contract-loudspeaker.ts'
import { keepsTheReferralContract } from '../store/contract-referrals.ts'

interface Bindings {
  DB: D1Like & { exec(statements: string): Promise<unknown> }
  KEYS: BucketLike
}

const MIGRATIONS = join(ROOT, 'src/store/migrations')
let env: Bindings
let dispose: () => Promise<void>
let tables: readonly string[]

/** A real D1 and R2 in workerd, in memory, spoken to from here; migrated from the same files as on Node. */
beforeAll(async () => {
  process.env.WRANGLER_SEND_METRICS = 'false'
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const proxy = await getPlatformProxy({ configPath: join(ROOT, 'wrangler.toml'), persist: false })
  env = proxy.env as unknown as Bindings
  dispose = proxy.dispose
  for (const file of readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))) {
    const statements = readFileSync(join(MIGRATIONS, file), 'utf8').split('--> statement-breakpoint')
    await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))
  }
  const found = (await env.DB.prepare("select name from sqlite_master where type = 'table'").bind().raw()) as string[][]
  tables = found.map(([name]) => name!).filter((name) => !name.startsWith('_cf') && name !== 'sqlite_sequence')
})
afterAll(() => dispose())

async function empty(): Promise<void> {
  // In one call: each statement of a batch would be one more way to workerd and back.
  await env.DB.exec([...tables, 'sqlite_sequence'].map((name) => `delete from "${name}"`).join('\n'))
  const { objects } = await env.KEYS.list({ prefix: '' })
  if (objects.length > 0) await env.KEYS.delete(objects.map(({ key }) => key))
}

const openEmpty = async () => {
  await empty()
  const store = d1Store(env.DB)
  const keys = bucketKeys(env.KEYS, Date.now, 0)
  return { store, keys, vault: openVault(Buffer.alloc(32, 7), keys, { alone: false }), close: () => undefined }
}

describe('D1 in workerd', () => {
  keepsTheStoreContract(openEmpty)
  keepsTheClubContract(openEmpty)
  keepsTheContentContract(openEmpty)
  keepsTheContestContract(openEmpty)
  keepsTheEnrolmentContract(openEmpty)
  keepsTheJoinContract(openEmpty)
  keepsTheLoudspeakerContract(openEmpty)
  keepsTheReferralContract(openEmpty)
  keepsTheAccompanyContract(openEmpty)
  keepsTheCourseContract(openEmpty)
})

describe('keys in a bucket', () => {
  test('are spared by the end of an erasure while a first turn may still need them', async () => {
    await empty()
    let now = 1_000_000
    const vault = openVault(
      Buffer.alloc(32, 7),
      bucketKeys(env.KEYS, () => now),
      { alone: false },
    )
    const old = await vault.seal('an', 'words:1', 'cũ')
    now += 60_000
    await vault.renew('an')
    const fresh = await vault.seal('an', 'words:2', 'mới')
    await vault.forget('an', true)
    expect(await vault.open('words:1', old)).toBeNull()
    expect(await vault.open('words:2', fresh)).toBe('mới')
    now += 60_000
    await vault.forget('an', true)
    expect(await vault.open('words:2', fresh)).toBeNull()
  })

  test('are destroyed for every isolate, whatever it has read before', async () => {
    const { vault, keys } = await openEmpty()
    const other = openVault(Buffer.alloc(32, 7), keys, { alone: false })
    const before = await other.seal('an', 'words:1', 'trước')
    await vault.renew('an')
    await vault.forget('an', false)
    const after = await other.seal('an', 'words:2', 'sau')
    const third = openVault(Buffer.alloc(32, 7), keys, { alone: false })
    expect(await third.open('words:1', before)).toBeNull()
    expect(await third.open('words:2', after)).toBe('sau')
  })
})
