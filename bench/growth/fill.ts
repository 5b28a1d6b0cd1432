import { randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'

export interface Filling {
  contacts: number
  messages: number
  timers: number
  now: number
  idOf(contact: number): string
}

const DAY_MS = 86_400_000
const SLICE = 50_000

/** Rows in the shape of ours: short sealed words, sent rows of the outbox, timers of the coming weeks, a few due. */
export function fill(database: Database.Database, { contacts, messages, timers, now, idOf }: Filling): void {
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -262144')
  const address = database.prepare(
    "insert into address (id, contact, channel, bot, handle, created_at) values (?, ?, 'telegram', 'telegram', ?, ?)",
  )
  const conversation = database.prepare(
    'insert into conversation (contact, address, seq, body, active_at, asked_at, stopped, reachable, ticket) values (?, ?, 3, ?, ?, null, 0, 1, null)',
  )
  const body = JSON.stringify({
    format: 1,
    locale: 'vi',
    introduced: true,
    pronoun: 'em',
    answers: { commune: { type: 'code', value: 'mau' }, topic: { type: 'code', value: 'methadone' } },
    session: null,
    ticket: null,
    stopped: false,
    reachable: true,
    confirm: null,
  })
  // A handle of nine digits, sealed: format, key id, nonce, tag.
  const handle = randomBytes(1 + 8 + 12 + 16 + 9)
  slices(database, contacts, (i) => {
    const id = idOf(i)
    address.run(id, id, handle, now - 30 * DAY_MS)
    conversation.run(id, id, body, now - (i % 30) * DAY_MS - 3_600_000)
  })

  const words = database.prepare('insert into words (id, contact, kind, sealed, at) values (?, ?, ?, ?, ?)')
  // Forty letters of a message as JSON, sealed.
  const sealed = randomBytes(1 + 8 + 12 + 16 + 52)
  // Contacts come back at random, as people do, and not in the order they were written in.
  const step = stride(contacts)
  let contact = 0
  slices(database, messages, (i) => {
    contact = (contact + step) % contacts
    const id = idOf(contact)
    words.run(
      `${id}.${1_000 + Math.floor(i / contacts)}.0`,
      id,
      i % 2 === 0 ? 'you' : 'bot',
      sealed,
      now - (i % 30) * DAY_MS,
    )
  })

  const timer = database.prepare(
    "insert into timer (id, contact, kind, due_at, round) values (?, ?, 'unanswered', ?, 1)",
  )
  slices(database, timers, (i) => {
    const id = idOf((i * step) % contacts)
    timer.run(`${id}:${i}`, id, i < 100 ? now - i * 1_000 : now + 3_600_000 + (i % 5_000_000))
  })

  const outbox = database.prepare(
    'insert into outbox (id, contact, address, lane, kind, state, content, words, due_at, attempts, fence) values (?, ?, ?, 2, \'reminder\', ?, \'{"blocks":[{"key":"nhac"}]}\', null, ?, 0, 0)',
  )
  // Two hundred people have a reminder that is due; the rest of the rows were sent long ago.
  slices(database, Math.min(messages, 1_000_000), (i) => {
    const id = idOf((i * step) % contacts)
    const due = i < 200
    outbox.run(`${id}.0.${i}`, id, id, due ? 'queued' : 'sent', due ? now - 1_000 - i : now - 30 * DAY_MS)
  })
  database.pragma('cache_size = -2000')
  database.pragma('synchronous = FULL')
}

function slices(database: Database.Database, count: number, write: (i: number) => void): void {
  for (let from = 0; from < count; from += SLICE)
    database.transaction(() => {
      for (let i = from; i < Math.min(count, from + SLICE); i++) write(i)
    })()
}

/** A step that visits every contact once before it comes back. */
function stride(contacts: number): number {
  let step = Math.max(1, Math.floor(contacts * 0.618))
  while (gcd(step, contacts) !== 1) step += 1
  return step
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}
