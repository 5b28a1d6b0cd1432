import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { KeyStore } from './key-store.ts'

const ALGORITHM = 'aes-256-gcm'
const FORMAT = 1

/**
 * Sealing of a person's words and handles with that person's own key, and hashing of what must be findable.
 * A sealed value is bound to its place (table, row, column), so it cannot be moved to another.
 */
export interface Vault {
  /** Address id: HMAC of channel, bot and handle. A phone number or chat id is guessable; the key protects it. */
  hashHandle(channel: string, bot: string, handle: string): string
  hashKey(key: string): string
  hashToken(token: string): string
  /** One link of the audit's chain: nobody without `DATA_KEY` can make another. */
  hashAudit(...fields: string[]): string
  /** Seals a secret of the service itself, such as a second factor: it ends with its row. */
  sealOwn(place: string, text: string): Buffer
  /** @throws when the value was altered or moved */
  openOwn(place: string, sealed: Uint8Array): string
  seal(contact: string, place: string, text: string): Promise<Buffer>
  /** The text, or null once its key is destroyed. Throws when the value was altered or moved. */
  open(place: string, sealed: Uint8Array): Promise<string | null>
  /** Is there a key of this id, wrapped by the present `DATA_KEY`. */
  hasKey(id: string): Promise<boolean>
  /** An id of something of this contact's: nobody can make it again once their key is destroyed. */
  hashOwn(contact: string, ...parts: string[]): Promise<string>
  /** New words of this contact are sealed with a fresh key from now on. */
  renew(contact: string): Promise<void>
  /**
   * Destroys the keys of the contact: what was sealed with them is gone, in backups too. Unless it is `everything`, the
   * newest stays, and those that `inUse` was sealed with.
   */
  forget(contact: string, everything: boolean, inUse?: readonly Uint8Array[]): Promise<void>
}

/**
 * Derives the service's keys from `DATA_KEY`, 32 bytes.
 * @param how `alone`: no other process makes or destroys keys, so the newest of a contact may be remembered
 */
export function openVault(dataKey: Buffer, keys: KeyStore, { alone = true }: { alone?: boolean } = {}): Vault {
  if (dataKey.length !== 32) throw new Error('DATA_KEY must be 32 bytes')
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, 'dong-hanh', purpose, 32)))
  const handleKey = derive('handle index')
  const inboundKey = derive('inbound index')
  const tokenKey = derive('token index')
  const wrapKey = derive('key wrap')
  const auditKey = derive('audit chain')
  const ownKey = derive('staff secrets')
  const hmac = (key: KeyObject, ...parts: string[]) =>
    createHmac('sha256', key)
      .update(parts.map((part) => `${part.length}:${part}`).join(''))
      .digest('base64url')
      .slice(0, 32)
  const opened = new Map<string, KeyObject>()
  const current = new Map<string, { id: string; key: KeyObject }>()

  const make = async (contact: string): Promise<{ id: string; key: KeyObject }> => {
    const raw = randomBytes(32)
    const made = { id: randomBytes(8).toString('hex'), key: createSecretKey(raw) }
    await keys.add({ id: made.id, contact, wrapped: encrypt(wrapKey, `key:${made.id}`, raw) })
    if (alone) remember(current, contact, made)
    return made
  }
  const keyOf = async (contact: string): Promise<{ id: string; key: KeyObject }> => {
    const known = current.get(contact)
    if (known) return known
    const row = await keys.newest(contact)
    if (!row) return make(contact)
    const found = { id: row.id, key: createSecretKey(decrypt(wrapKey, `key:${row.id}`, row.wrapped)) }
    if (alone) remember(current, contact, found)
    return found
  }
  const keyById = async (id: string): Promise<KeyObject | null> => {
    const known = opened.get(id)
    if (known) return known
    const row = await keys.byId(id)
    if (!row) return null
    const key = createSecretKey(decrypt(wrapKey, `key:${id}`, row.wrapped))
    remember(opened, id, key)
    return key
  }

  return {
    hashHandle: (channel, bot, handle) => hmac(handleKey, channel, bot, handle),
    hashKey: (key) => hmac(inboundKey, key),
    hashToken: (token) => hmac(tokenKey, token),
    hashAudit: (...fields) => hmac(auditKey, ...fields),
    sealOwn: (place, text) => encrypt(ownKey, place, Buffer.from(text, 'utf8')),
    openOwn: (place, sealed) => decrypt(ownKey, place, Buffer.from(sealed)).toString('utf8'),
    async seal(contact, place, text) {
      const { id, key } = await keyOf(contact)
      return Buffer.concat([
        Buffer.from([FORMAT]),
        Buffer.from(id, 'hex'),
        encrypt(key, place, Buffer.from(text, 'utf8')),
      ])
    },
    async open(place, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (bytes[0] !== FORMAT) throw new Error('unknown sealed format')
      const key = await keyById(keyIdOf(bytes))
      return key ? decrypt(key, place, bytes.subarray(9)).toString('utf8') : null
    },
    async hashOwn(contact, ...parts) {
      const { key } = await keyOf(contact)
      const own = createSecretKey(Buffer.from(hkdfSync('sha256', key, 'dong-hanh', 'own index', 32)))
      return hmac(own, ...parts)
    },
    hasKey: (id) =>
      keyById(id).then(
        (key) => key !== null,
        () => false,
      ),
    async renew(contact) {
      await make(contact)
    },
    async forget(contact, everything, inUse = []) {
      try {
        await keys.destroy(contact, everything ? 'all' : 'all_but_newest', inUse.map(keyIdOf))
      } finally {
        current.delete(contact)
        opened.clear()
      }
    },
  }
}

/** A sealed value names its key: bytes 1 to 8, which `load` reads by SQL as well. */
function keyIdOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, 9)).toString('hex')
}

const CACHE = 10_000

function remember<V>(cache: Map<string, V>, id: string, value: V): void {
  if (cache.size >= CACHE) cache.delete(cache.keys().next().value!)
  cache.set(id, value)
}

function encrypt(key: KeyObject, place: string, plain: Buffer): Buffer {
  const iv = nextIv()
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

const IV_BYTES = 12
let drawn: Buffer = Buffer.alloc(0)

/** Random bytes are drawn for many values at once, since asking for them costs more than sealing; none is used twice. */
function nextIv(): Buffer {
  if (drawn.length < IV_BYTES) drawn = randomBytes(256 * IV_BYTES)
  const iv = drawn.subarray(0, IV_BYTES)
  drawn = drawn.subarray(IV_BYTES)
  return iv
}

function decrypt(key: KeyObject, place: string, bytes: Uint8Array): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
}
