import type { KeyRow, KeyStore } from './key-store.ts'

/** The part of Cloudflare's R2 binding that is used here. */
export interface BucketLike {
  put(key: string, value: Uint8Array): Promise<unknown>
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  list(options: { prefix: string }): Promise<{ objects: readonly { key: string }[] }>
  delete(keys: string[]): Promise<void>
}

/** A key this young may belong to the first turn of somebody's next life, decided but not committed yet. */
const YOUNG_MS = 60_000

/**
 * The key store on Workers: a bucket outside the database, because D1's own history cannot be switched off and a
 * destroyed key must be gone. R2 reads its own writes everywhere, which KV does not.
 */
export function bucketKeys(bucket: BucketLike, now: () => number, youngMs = YOUNG_MS): KeyStore {
  const ofContact = async (contact: string) => {
    const { objects } = await bucket.list({ prefix: `contact/${contact}/` })
    return objects.map(({ key }) => key).sort()
  }
  const read = async (path: string): Promise<Uint8Array | null> => {
    const found = await bucket.get(path)
    return found ? new Uint8Array(await found.arrayBuffer()) : null
  }
  const idOf = (path: string) => path.slice(path.lastIndexOf('-') + 1)
  return {
    async add({ id, contact, wrapped }) {
      await bucket.put(`key/${id}`, wrapped)
      await bucket.put(`contact/${contact}/${String(now()).padStart(15, '0')}-${id}`, new Uint8Array())
    },
    async newest(contact): Promise<KeyRow | null> {
      const newest = (await ofContact(contact)).at(-1)
      if (newest === undefined) return null
      const id = idOf(newest)
      const wrapped = await read(`key/${id}`)
      return wrapped ? { id, wrapped } : null
    },
    async byId(id) {
      const wrapped = await read(`key/${id}`)
      return wrapped ? { id, wrapped } : null
    },
    async destroy(contact, which, inUse = []) {
      const paths = await ofContact(contact)
      const old = (path: string) => Number(path.slice(path.lastIndexOf('/') + 1).split('-')[0]) <= now() - youngMs
      const gone =
        which === 'all' ? paths.filter(old) : paths.slice(0, -1).filter((path) => !inUse.includes(idOf(path)))
      if (gone.length > 0) await bucket.delete([...gone.map((path) => `key/${idOf(path)}`), ...gone])
    },
  }
}
