import { and, desc, eq, inArray, lt, lte, ne, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { ContactKind, ContactOutcome } from '../engine/conversation.ts'
import { openWords } from './lines.ts'
import { build, p, select } from './query.ts'
import { type RecordingState, recordingsOf } from './recordings.ts'
import { event, outbox, task, words } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

/** One line as staff see it: what was said by either side, and notes that never leave the desk. */
export interface DialogueLine {
  id: Id
  from: 'you' | 'bot' | 'human' | 'note'
  text: string
  /** What was sent with the words, or instead. */
  media: string | null
  /** The recording of this line: its id, how long it is, and whether it is here. */
  voice: { id: Id; seconds: number | null; state: RecordingState } | null
  at: Instant
  /** The member of staff who wrote it. */
  by: Id | null
  /** Of a counsellor's line: how far it got. */
  delivery: Delivery | null
  /** Of a note: the call or visit it tells of. */
  contact: { kind: ContactKind; outcome: ContactOutcome } | null
}

/** A page of a talk; `older` leads to the page before it, null when this is the beginning. */
export interface Dialogue {
  lines: readonly DialogueLine[]
  older: number | null
}

export interface Delivery {
  state: 'queued' | 'sent' | 'failed' | 'uncertain' | 'dropped'
  reason: string | null
  /** Nobody has dealt with its failure yet: it may be sent again. */
  open: boolean
}

const NEWEST = 200

/** A sealed line of either side. */
interface Said {
  text: string
  media?: string
  voice?: { seconds: number | null }
}

const shown = inArray(words.kind, ['you', 'bot', 'human', 'note'])
const newest = select(
  build
    .select({ n: words.n, id: words.id, kind: words.kind, sealed: words.sealed, at: words.at })
    .from(words)
    .where(
      and(
        eq(words.contact, p('contact') as never),
        lte(words.at, p('until') as never),
        lt(words.n, p('before') as never),
        shown,
      ),
    )
    .orderBy(desc(words.n))
    .limit(NEWEST),
)
const unsent = select(
  build
    .select({
      id: outbox.id,
      words: outbox.words,
      state: outbox.state,
      reason: outbox.reason,
      at: words.at,
      task: task.id,
      doneAt: task.doneAt,
    })
    .from(outbox)
    .innerJoin(words, eq(words.id, outbox.words))
    .leftJoin(task, eq(task.about, outbox.id))
    .where(and(eq(outbox.contact, p('contact') as never), eq(outbox.kind, 'staff_reply'), ne(outbox.state, 'sent')))
    .orderBy(desc(outbox.n))
    .limit(NEWEST),
)
const written = select(
  build
    .select({
      by: sql<string>`body ->> 'by'`.as('by'),
      id: sql<string>`body -> 'words' ->> 'id'`.as('id'),
      kind: sql<ContactKind | null>`body ->> 'kind'`.as('kind'),
      outcome: sql<ContactOutcome | null>`body ->> 'outcome'`.as('outcome'),
    })
    .from(event)
    .where(
      and(
        eq(event.contact, p('contact') as never),
        inArray(event.type, ['staff_line_queued', 'note_added', 'contact_recorded']),
      ),
    ),
)

/**
 * The newest lines, oldest first, with who wrote them and what became of each line of a counsellor.
 * @param until nothing that was said later
 * @param before only lines before this one, from `older` of the page after
 */
export async function readDialogue(
  store: Store,
  vault: Vault,
  contact: Id,
  { until = Number.MAX_SAFE_INTEGER, before = Number.MAX_SAFE_INTEGER }: { until?: Instant; before?: number } = {},
): Promise<Dialogue> {
  const [rows, waiting, authors, sounds] = await Promise.all([
    store.read(newest({ contact, until, before })),
    store.read(unsent({ contact })),
    store.read(written({ contact })),
    recordingsOf(store, contact),
  ])
  const voiceOf = (id: Id, seconds: number | null = null) => {
    const state = sounds.get(id)
    return state ? { id, seconds, state } : null
  }
  const by = new Map(authors.map((one) => [one.id, one.by]))
  const contacts = new Map(
    authors.flatMap(({ id, kind, outcome }) => (kind && outcome ? [[id, { kind, outcome }] as const] : [])),
  )
  const lines: DialogueLine[] = []
  for (const { id, kind, sealed, at } of rows) {
    const opened = await vault.open(`words:${id}`, sealed)
    if (opened === null) continue
    const said: Said = kind === 'note' ? { text: opened } : (JSON.parse(opened) as Said)
    const sent = kind === 'human' ? { state: 'sent' as const, reason: null, open: false } : null
    lines.push({
      id,
      from: kind as DialogueLine['from'],
      text: said.text,
      media: said.media ?? null,
      voice: voiceOf(id.replace(/:sent$/, ''), said.voice?.seconds),
      at,
      by: by.get(id.replace(/:sent$/, '')) ?? null,
      delivery: sent,
      contact: contacts.get(id) ?? null,
    })
  }
  for (const { id, words: wordsId, state, reason, at, task: taskId, doneAt } of waiting) {
    // What waits belongs to the newest lines.
    if (at > until || before !== Number.MAX_SAFE_INTEGER) continue
    const text = wordsId === null ? null : await openWords(store, vault, wordsId)
    if (text === null) continue
    const delivery: Delivery = {
      state: state === 'leased' ? 'queued' : state,
      reason,
      open: taskId !== null && doneAt === null,
    }
    const voice = voiceOf(id)
    lines.push({ id, from: 'human', text, media: null, voice, at, by: by.get(id) ?? null, delivery, contact: null })
  }
  return { lines: lines.sort((a, b) => a.at - b.at), older: rows.length === NEWEST ? rows.at(-1)!.n : null }
}

const unsettled = select(
  build
    .select({ words: outbox.words })
    .from(outbox)
    .where(
      and(
        eq(outbox.id, p('id') as never),
        eq(outbox.contact, p('contact') as never),
        eq(outbox.kind, 'staff_reply'),
        inArray(outbox.state, ['failed', 'uncertain']),
      ),
    ),
)

/** The words of a line that did not arrive for certain; null for any other. */
export async function undeliveredText(store: Store, vault: Vault, contact: Id, id: Id): Promise<string | null> {
  const row = (await store.read(unsettled({ id, contact })))[0]
  return row?.words ? openWords(store, vault, row.words) : null
}
