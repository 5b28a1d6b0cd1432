import { type Conversation, emptyConversation } from '../../src/engine/conversation.ts'
import type { Event, Lane, OutboundKind } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import { commit, type Turn } from '../../src/store/commit.ts'
import { type Loaded, load } from '../../src/store/load.ts'
import { build, select } from '../../src/store/query.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'

export const NOW = Date.UTC(2026, 10, 21, 3, 0)

/** What a turn of these tests may say; ids are computed as the engine does. */
export interface Content {
  text?: string
  lane?: Lane
  kind?: OutboundKind
  events?: readonly Event[]
  at?: number
}

/** A turn of one contact: a message, an answer that is queued, and further events. */
export function turnOf(key: string, before: Conversation, content: Content = {}): Turn {
  const { contact } = before
  const id = (n: number) => `${contact}.${before.seq + 1}.${n}`
  const { text = 'chào', lane = 'conversation', kind = 'answer', events = [], at = NOW } = content
  const all: Event[] = [
    { type: 'message_received', words: { id: id(0), text } },
    { type: 'message_queued', id: id(1), lane, kind, message: { blocks: [{ key: 'chao' }] } },
    ...events,
  ]
  return {
    key,
    at,
    events: all,
    after: fold(before, all),
    address: contact,
    activeAt: at,
    askedAt: null,
    origin: { channel: 'telegram', bot: 'telegram', handle: `chat of ${contact}` },
    newAddress: before.seq === 0,
    note: null,
  }
}

export const firstTurn = (contact: string, content?: Content): Turn =>
  turnOf(`${contact}:first`, emptyConversation(contact), content)

export const nextTurn = (key: string, { conversation }: Loaded, content?: Content): Turn =>
  turnOf(key, conversation, content)

/** In one turn of a contact these events happen; a turn that is not committed fails the test. */
export async function happens(
  { store, vault }: { store: Store; vault: Vault },
  contact: string,
  events: readonly Event[],
  text?: string,
): Promise<void> {
  const before = await load(store, contact)
  const { seq } = before.conversation
  const said = text === undefined ? { events } : { events, text }
  const turn = seq === 0 ? firstTurn(contact, said) : nextTurn(`${contact}:${seq}`, before, said)
  const outcome = await commit(store, vault, turn)
  if (outcome !== 'committed') throw new Error(`the turn was not kept: ${outcome}`)
}

type Table = Parameters<ReturnType<typeof build.select>['from']>[0]

/** Every row of a table, as its columns are typed. */
export async function allOf<T extends Table>(
  store: Store,
  table: T,
): Promise<readonly (T & { $inferSelect: unknown })['$inferSelect'][]> {
  return store.read(select(build.select().from(table as never))({})) as never
}
