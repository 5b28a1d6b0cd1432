import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditHeads, type Entry, type Head, record, searchAudit } from '../../src/store/audit.ts'
import { verifyAudit } from '../../src/store/audit-verify.ts'
import { openSqlite, type SqliteStore } from '../../src/store/better-sqlite3.ts'
import { openKeyFile } from '../../src/store/key-file.ts'
import { openVault, type Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'

let store: SqliteStore
let vault: Vault
let keys: ReturnType<typeof openKeyFile>

beforeEach(async () => {
  store = openSqlite(':memory:')
  keys = openKeyFile(':memory:')
  vault = openVault(Buffer.alloc(32, 4), keys)
  for (const staff of ['lan', 'hoa']) for (let n = 1; n <= 5; n++) await record(store, vault, entry(staff, n))
})
afterEach(() => {
  store.close()
  keys.close()
})

const entry = (staff: string, n: number, extra: Partial<Entry> = {}): Entry => ({
  staff,
  at: 1_000 * n,
  action: 'ticket.read',
  contact: `contact-${n}`,
  about: `contact-${n}.1.1`,
  point: staff === 'lan' ? 'moc-chau' : 'van-ho',
  source: '10.0.0.1',
  ...extra,
})
const flaws = async (remembered: readonly Head[] = []) =>
  (await verifyAudit(store, vault, remembered)).flaws.map(({ staff, seq, what }) => `${staff} ${seq} ${what}`)

describe('the chain of the audit', () => {
  test('holds as it was written', async () => {
    expect(await verifyAudit(store, vault, await auditHeads(store))).toEqual({ rows: 10, chains: 2, flaws: [] })
  })

  test.each([
    ["action = 'ticket.close'"],
    ["contact = 'somebody-else'"],
    ['contact = null'],
    ['at = at + 1'],
    ["source = '10.0.0.2'"],
    ["point = 'van-ho'"],
    ["about = ''"],
    ["hash = 'x'"],
  ])('shows a row whose %s was edited', async (change) => {
    store.database.exec(`update audit set ${change} where staff = 'lan' and seq = 3`)
    expect(await flaws()).toContain('lan 3 edited')
    expect((await flaws()).some((flaw) => flaw.startsWith('hoa'))).toBe(false)
  })

  test('shows a row taken out of the middle, and one taken from the beginning', async () => {
    store.database.exec("delete from audit where staff = 'lan' and seq = 3")
    store.database.exec("delete from audit where staff = 'hoa' and seq = 1")
    expect(await flaws()).toEqual(['hoa 1 removed', 'lan 3 removed'])
  })

  test('shows rows numbered anew to close a gap', async () => {
    store.database.exec("delete from audit where staff = 'lan' and seq = 3")
    store.database.exec("update audit set seq = seq - 1 where staff = 'lan' and seq > 3")
    store.database.exec("update audit_head set seq = 4 where staff = 'lan'")
    expect(await flaws()).toContain('lan 3 edited')
  })

  test('shows rows moved to another member', async () => {
    store.database.exec("update audit set staff = 'mai' where staff = 'lan'")
    store.database.exec("update audit_head set staff = 'mai' where staff = 'lan'")
    expect((await flaws()).length).toBeGreaterThan(4)
  })

  test('shows an end that was cut off', async () => {
    store.database.exec("delete from audit where staff = 'lan' and seq > 3")
    expect(await flaws()).toEqual(['lan 4 cut_off'])
    store.database.exec("delete from audit where staff = 'hoa'")
    expect(await flaws()).toEqual(['lan 4 cut_off', 'hoa 1 cut_off'])
  })

  test('shows a cut together with its head to whoever kept the head of a backup', async () => {
    const kept = await auditHeads(store)
    const hash = store.database.prepare("select hash from audit where staff = 'lan' and seq = 3").pluck().get()
    store.database.exec("delete from audit where staff = 'lan' and seq > 3")
    store.database.prepare("update audit_head set seq = 3, hash = ? where staff = 'lan'").run(hash)
    expect(await flaws()).toEqual([])
    expect(await flaws(kept)).toEqual(['lan 5 cut_off'])
    store.database.exec("delete from audit where staff = 'hoa'; delete from audit_head where staff = 'hoa'")
    expect(await flaws(kept)).toEqual(['hoa 5 cut_off', 'lan 5 cut_off'])
  })

  test('shows a chain written anew without the key', async () => {
    const kept = await auditHeads(store)
    const forger = openVault(Buffer.alloc(32, 5), keys)
    store.database.exec("delete from audit where staff = 'lan'; delete from audit_head where staff = 'lan'")
    for (let n = 1; n <= 5; n++) await record(store, forger, entry('lan', n))
    expect((await flaws()).length).toBe(5)
    expect(await flaws(kept)).toContain('lan 5 edited')
  })

  test('goes on under rows that come at once, without a gap', async () => {
    await Promise.all(Array.from({ length: 4 }, (_, n) => record(store, vault, entry('lan', n + 6))))
    expect(await verifyAudit(store, vault)).toMatchObject({ rows: 14, flaws: [] })
  })
})

describe('a row and what it tells of', () => {
  const act = { sql: "insert into setting (name, value) values ('acted', '1')", params: [] }
  const acted = () => store.database.prepare("select count(*) from setting where name = 'acted'").pluck().get()

  test('are written together or not at all', async () => {
    const broken: Store = { ...store, batch: () => Promise.reject(new Error('disk')) }
    await expect(record(broken, vault, entry('lan', 6), [act])).rejects.toThrow('disk')
    expect(acted()).toBe(0)
    await record(store, vault, entry('lan', 6), [act])
    expect(acted()).toBe(1)
    await expect(record(store, vault, entry('lan', 7), [act])).rejects.toThrow()
    expect(await verifyAudit(store, vault)).toMatchObject({ rows: 11, flaws: [] })
  })
})

describe('a search', () => {
  const wanted = { before: 10_000, staff: null, contact: null, point: null, colleagues: [], limit: 100 }

  test('of one point shows what was done there and what its staff did, and nothing else', async () => {
    await record(store, vault, entry('hoa', 6, { point: 'moc-chau' }))
    await record(store, vault, entry('lan', 7, { point: 'van-ho' }))
    const rows = await searchAudit(store, { ...wanted, point: 'moc-chau', colleagues: ['lan'] })
    expect(rows.map(({ staff, at }) => `${staff} ${at / 1_000}`)).toEqual([
      'lan 7',
      'hoa 6',
      'lan 5',
      'lan 4',
      'lan 3',
      'lan 2',
      'lan 1',
    ])
  })

  test('finds who opened one person’s conversation', async () => {
    const rows = await searchAudit(store, { ...wanted, contact: 'contact-2' })
    expect(rows.map(({ staff }) => staff).sort()).toEqual(['hoa', 'lan'])
    expect(await searchAudit(store, { ...wanted, contact: 'contact-2', staff: 'lan' })).toHaveLength(1)
  })
})
