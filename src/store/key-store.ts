/** A contact's data key, wrapped by `DATA_KEY`. */
export interface KeyRow {
  id: string
  wrapped: Uint8Array
}

/**
 * Where data keys live, apart from the database: destroying a key is what makes erasure reach old backups.
 */
export interface KeyStore {
  add(row: KeyRow & { contact: string }): Promise<void>
  newest(contact: string): Promise<KeyRow | null>
  byId(id: string): Promise<KeyRow | null>
  /** `inUse`: ids of further keys that `all_but_newest` leaves. */
  destroy(contact: string, which: 'all' | 'all_but_newest', inUse?: readonly string[]): Promise<void>
}
