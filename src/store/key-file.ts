import type { KeyRow, KeyStore } from './key-store.ts'
import { emptyLog, openFile } from './sqlite-file.ts'

/** The key store of the Node runtime: a second SQLite file with backups of its own. */
export function openKeyFile(path: string): KeyStore & { close(): void } {
  const database = openFile(path)
  database.exec(
    'create table if not exists key (n integer primary key autoincrement, id text not null unique, contact text not null, wrapped blob not null);' +
      'create index if not exists key_contact on key (contact, n)',
  )
  const add = database.prepare('insert into key (id, contact, wrapped) values (?, ?, ?)')
  const newest = database.prepare('select id, wrapped from key where contact = ? order by n desc limit 1')
  const byId = database.prepare('select id, wrapped from key where id = ?')
  const all = database.prepare('delete from key where contact = ?')
  const older = database.prepare(
    'delete from key where contact = ? and n < (select max(n) from key where contact = ?) and id not in (select value from json_each(?))',
  )
  return {
    async add(row) {
      add.run(row.id, row.contact, row.wrapped)
    },
    newest: async (contact) => (newest.get(contact) as KeyRow | undefined) ?? null,
    byId: async (id) => (byId.get(id) as KeyRow | undefined) ?? null,
    async destroy(contact, which, inUse = []) {
      if (which === 'all') all.run(contact)
      else older.run(contact, contact, JSON.stringify(inUse))
      // Until the log is emptied a copy of the key lies in it: then the destruction is not done, and is tried again.
      if (!emptyLog(database)) throw new Error('the key file is being read')
    },
    close: () => database.close(),
  }
}
