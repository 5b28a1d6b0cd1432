import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openSqlite, openSqliteService, type SqliteStore } from '../../src/store/better-sqlite3.ts'
import { commit } from '../../src/store/commit.ts'
import { openKeyFile } from '../../src/store/key-file.ts'
import { load } from '../../src/store/load.ts'
import { conversation, event, setting } from '../../src/store/schema.ts'
import { openVault } from '../../src/store/seal.ts'
import { keepsTheStoreContract } from './contract.ts'
import { keepsTheAccompanyContract } from './contract-accompany.ts'
import { keepsTheClubContract } from './contract-clubs.ts'
import { keepsTheContentContract } from './contract-content.ts'
import { keepsTheContestContract } from './contract-contests.ts'
import { keepsTheCourseContract } from './contract-courses.ts'
import { keepsTheEnrolmentContract } from './contract-enrolments.ts'
import { keepsTheJoinContract } from './contract-joins.ts'
import { keepsTheLoudspeakerContract } from './contract-loudspeaker.ts'
import { keepsTheReferralContract } from './contract-referrals.ts'
import { allOf, firstTurn, nextTurn } from './turns.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dong-hanh-store-'))
  closing.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** An empty database of the present schema: made once, since each migration is synced to the disk. */
const present = join(mkdtempSync(join(tmpdir(), 'dong-hanh-store-')), 'data.sqlite')
beforeAll(() => openSqlite(present).close())
afterAll(() => rmSync(dirname(present), { recursive: true, force: true }))

function openAt(path: string, open = openSqlite) {
  if (!existsSync(join(path, 'data.sqlite'))) copyFileSync(present, join(path, 'data.sqlite'))
  const store = open(join(path, 'data.sqlite'))
  const keys = openKeyFile(join(path, 'keys.sqlite'))
  const close = () => {
    keys.close()
    return store.close()
  }
  closing.push(close)
  return { store, vault: openVault(Buffer.alloc(32, 7), keys), close }
}

const synced = (store: SqliteStore) => store.database.pragma('synchronous', { simple: true })

const WRITERS = [
  ['in this thread', openSqlite],
  ['in a thread of its own', openSqliteService],
] as const

describe.each(WRITERS)('better-sqlite3 that writes %s', (_, open) => {
  keepsTheStoreContract(async () => openAt(folder(), open))
  keepsTheClubContract(async () => openAt(folder(), open))
  keepsTheContentContract(async () => openAt(folder(), open))
  keepsTheContestContract(async () => openAt(folder(), open))
  keepsTheEnrolmentContract(async () => openAt(folder(), open))
  keepsTheJoinContract(async () => openAt(folder(), open))
  keepsTheLoudspeakerContract(async () => openAt(folder(), open))
  keepsTheReferralContract(async () => openAt(folder(), open))
  keepsTheAccompanyContract(async () => openAt(folder(), open))
  keepsTheCourseContract(async () => openAt(folder(), open))

  test('rejects a whole group whose transaction was ended', async () => {
    const { store } = openAt(folder(), open)
    const put = (name: string) => ({ sql: 'insert into setting (name, value) values (?, ?)', params: [name, name] })
    // A rollback in the middle stands for an engine error that ends the outer transaction.
    const ends = { sql: 'insert or rollback into setting (name, value) values (?, ?)', params: ['opened', 'x'] }
    const results = await Promise.allSettled([store.batch([put('a')]), store.batch([ends]), store.batch([put('b')])])
    expect(results.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect((await allOf(store, setting)).map((row) => row.name)).toEqual(['opened'])
    await store.batch([put('a')])
    expect((await allOf(store, setting)).map((row) => row.name)).toEqual(['opened', 'a'])
  })

  test('leaves nothing in the log once it was told to, and has ended when it is closed', async () => {
    const path = folder()
    const { store, close } = openAt(path, open)
    await store.batch([{ sql: "insert into setting (name, value) values ('a', 'b')", params: [] }])
    expect(statSync(join(path, 'data.sqlite-wal')).size).toBeGreaterThan(0)
    await store.scrub()
    expect(statSync(join(path, 'data.sqlite-wal')).size).toBe(0)
    await close()
    expect(existsSync(join(path, 'data.sqlite-wal'))).toBe(false)
  })
})

describe('a full disk', () => {
  test('acknowledges exactly what was committed, and serves again when there is room', async () => {
    const { store, vault } = openAt(folder())
    await commit(store, vault, firstTurn('trước'))
    const pages = store.database.pragma('page_count', { simple: true }) as number
    store.database.pragma(`max_page_count = ${pages + 6}`)
    const names = Array.from({ length: 24 }, (_, i) => `c${i}`)
    const results = await Promise.allSettled(
      names.map((name, i) => commit(store, vault, firstTurn(name, { text: 'x'.repeat(i % 3 === 0 ? 9_000 : 10) }))),
    )
    const acknowledged = names.filter((_, i) => results[i]!.status === 'fulfilled')
    expect(acknowledged.length).toBeLessThan(names.length)
    const kept = (await allOf(store, conversation)).map((row) => row.contact)
    expect(kept.filter((name) => name !== 'trước').sort()).toEqual([...acknowledged].sort())
    expect(store.database.inTransaction).toBe(false)

    store.database.pragma('max_page_count = 1000000')
    const again = await Promise.all(
      names.filter((name) => !acknowledged.includes(name)).map((name) => commit(store, vault, firstTurn(name))),
    )
    expect(new Set(again)).toEqual(new Set(['committed']))
    expect(await allOf(store, conversation)).toHaveLength(names.length + 1)
  })
})

describe('durability', () => {
  test('is FULL after a write and after reopening, on both files', async () => {
    const path = folder()
    const first = openAt(path)
    await commit(first.store, first.vault, firstTurn('an'))
    expect(synced(first.store)).toBe(2)
    first.close()
    const second = openAt(path)
    expect(synced(second.store)).toBe(2)
    await commit(second.store, second.vault, nextTurn('2', await load(second.store, 'an')))
    expect(synced(second.store)).toBe(2)
    expect(second.store.database.pragma('journal_mode', { simple: true })).toBe('wal')
  })

  test('opens a database of today again without changing it', async () => {
    const path = folder()
    const first = openAt(path)
    await commit(first.store, first.vault, firstTurn('an'))
    const schema = () => first.store.database.prepare('select name, sql from sqlite_schema order by name').all()
    const [before, rows] = [schema(), await allOf(first.store, event)]
    const second = openAt(path)
    expect(schema()).toEqual(before)
    expect(await allOf(second.store, event)).toEqual(rows)
  })

  test('a destroyed key is in no file, and a reader in the way makes the destruction fail until it has left', async () => {
    const path = folder()
    const { store, vault } = openAt(path)
    await commit(store, vault, firstTurn('an'))
    const file = join(path, 'keys.sqlite')
    const reader = new Database(file, { readonly: true })
    closing.push(() => reader.close())
    const wrapped = reader.prepare('select wrapped from key').pluck().get() as Buffer
    const bytes = () => Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
    expect(bytes().includes(wrapped)).toBe(true)
    reader.exec('begin')
    reader.prepare('select * from key').get()
    await expect(vault.forget('an', true)).rejects.toThrow()
    reader.exec('rollback')
    await vault.forget('an', true)
    expect(bytes().includes(wrapped)).toBe(false)
    expect(bytes().includes('an')).toBe(false)
  })

  test('two processes on one file: their turns of one person meet in one conflict', async () => {
    const path = folder()
    const [one, two] = [openAt(path), openAt(path)]
    await commit(one.store, one.vault, firstTurn('an'))
    const [seen, alsoSeen] = [await load(one.store, 'an'), await load(two.store, 'an')]
    const results = await Promise.all([
      commit(one.store, one.vault, nextTurn('a', seen)),
      commit(two.store, two.vault, nextTurn('b', alsoSeen)),
    ])
    expect([...results].sort()).toEqual(['committed', 'conflict'])
    const retried = results[0] === 'conflict' ? 'a' : 'b'
    expect(await commit(two.store, two.vault, nextTurn(retried, await load(two.store, 'an')))).toBe('committed')
    expect((await load(one.store, 'an')).conversation.seq).toBe(3)
  })
})
