import { eq, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { type Conversation, emptyConversation } from '../engine/conversation.ts'
import { build, p, select } from './query.ts'
import { address, conversation, inbound } from './schema.ts'
import type { Store } from './store.ts'
import { Unreadable, upgradeConversation } from './versions.ts'

/** A conversation as stored, and where its answers go. */
export interface Loaded {
  conversation: Conversation
  address: Id
  /** When the person last wrote; null before their first message. */
  activeAt: Instant | null
  /** When the question was asked that still waits; null when none does. */
  askedAt: Instant | null
  /** The key that the handle of `from`, or of `address`, is sealed with; null when that address is not stored. */
  handleKey: string | null
  /** A later release wrote it, or it is damaged: only its number is known, and it must be kept as it is. */
  unread?: true
}

const contactByAddress = select(
  build
    .select({ contact: address.contact })
    .from(address)
    .where(eq(address.id, p('id'))),
)
const byContact = select(
  build
    .select({
      body: conversation.body,
      seq: conversation.seq,
      address: conversation.address,
      activeAt: conversation.activeAt,
      askedAt: conversation.askedAt,
      handleKey: sql<string | null>`lower(hex(substr(${address.handle}, 2, 8)))`.as('handle_key'),
    })
    .from(conversation)
    .leftJoin(address, eq(address.id, sql`coalesce(${p('from')}, ${conversation.address})`))
    .where(eq(conversation.contact, p('contact'))),
)
const byKey = select(
  build
    .select({ key: inbound.key })
    .from(inbound)
    .where(eq(inbound.key, p('key'))),
)

/** The contact an address belongs to; a new contact's id is its first address id. */
export async function contactOf(store: Store, addressId: Id): Promise<Id> {
  return (await store.read(contactByAddress({ id: addressId })))[0]?.contact ?? addressId
}

/**
 * The conversation of a contact, empty when there is none yet.
 * @param from the address that an event came from
 */
export async function load(store: Store, contact: Id, from: Id | null = null): Promise<Loaded> {
  const row = (await store.read(byContact({ contact, from })))[0]
  if (!row)
    return {
      conversation: emptyConversation(contact),
      address: contact,
      activeAt: null,
      askedAt: null,
      handleKey: null,
    }
  const { body, seq, ...rest } = row
  const conversation = read(body, contact, seq)
  return conversation
    ? { conversation, ...rest }
    : { conversation: { ...emptyConversation(contact), seq }, ...rest, unread: true }
}

function read(body: string, contact: Id, seq: number): Conversation | null {
  try {
    return { ...upgradeConversation(body), contact, seq }
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

/** Has this inbound already happened. */
export async function isKnown(store: Store, key: string): Promise<boolean> {
  return (await store.read(byKey({ key }))).length > 0
}
