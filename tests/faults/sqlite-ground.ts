import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite, type SqliteStore } from '../../src/store/better-sqlite3.ts'
import type { KeyRow, KeyStore } from '../../src/store/key-store.ts'
import type { Ground } from './stage.ts'

/** Databases for many runs, each a copy of one that was migrated once. */
export function sqliteGrounds(): { open(): Promise<Ground>; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-random-'))
  const empty = join(folder, 'empty.sqlite')
  openSqlite(empty).close()
  let serial = 0
  return {
    async open() {
      const path = join(folder, `${++serial}.sqlite`)
      copyFileSync(empty, path)
      const stores: SqliteStore[] = []
      return {
        keys: memoryKeys(),
        connect() {
          const store = openSqlite(path)
          // Processes die here, machines do not; what a power cut takes is tested on its own.
          store.database.pragma('synchronous = OFF')
          stores.push(store)
          return store
        },
        close() {
          for (const store of stores) store.close()
          for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
        },
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Keys that every process of a run shares. */
export function memoryKeys(): KeyStore & { lose(contact: string): void } {
  let keys: (KeyRow & { contact: string })[] = []
  const of = (contact: string) => keys.filter((key) => key.contact === contact)
  const lose = (contact: string) => {
    keys = keys.filter((key) => key.contact !== contact)
  }
  return {
    lose,
    async add(key) {
      keys.push(key)
    },
    newest: async (contact) => of(contact).at(-1) ?? null,
    byId: async (id) => keys.find((key) => key.id === id) ?? null,
    async destroy(contact, which, inUse = []) {
      const newest = of(contact).at(-1)
      const stays = (key: KeyRow) => which === 'all_but_newest' && (key === newest || inUse.includes(key.id))
      keys = keys.filter((key) => key.contact !== contact || stays(key))
    },
  }
}
