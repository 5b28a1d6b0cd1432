import type { KeyRow, KeyStore } from './key-store.ts'

/** The part of Cloudflare's R2 binding that is used here. */
export interface BucketLike {
  put(key: string, value: Uint8Array): Promise<unknown>
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  list(options: { prefix: string }): Promise<{ objects: readonly { key: string }[] }>
  delete(keys: string[]): Promise<void>
}

/**
 * The key store on Workers: a bucket outside the database, because D1's own history cannot be switched off and a
 * destroyed key must be gone. R2 reads its own writes everywhere, which KV does not.
 */
export function bucketKeys(bucket: BucketLike, now: () => number): KeyStore {
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
    async destroy(contact, which) {
      const paths = await ofContact(contact)
      const gone = which === 'all' ? paths : paths.slice(0, -1)
      if (gone.length > 0) await bucket.delete([...gone.map((path) => `key/${idOf(path)}`), ...gone])
    },
  }
}
