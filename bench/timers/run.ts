import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { internal, receive } from '../../src/app/handle.ts'
import { tick } from '../../src/app/tick.ts'
import type { Channel, Part } from '../../src/channels/channel.ts'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import { openSqlite, type SqliteStore } from '../../src/store/better-sqlite3.ts'
import { addingBroadcast, beginning, reachOf, readBroadcast } from '../../src/store/broadcasts.ts'
import type { TimerRound } from '../timers.ts'

/** One round: many reminders that fell due together, then reminders on time while people write. */
const [folder = '', due = '100000', people = '1000', rate = '200'] = process.argv.slice(2)
const MINUTE = 60_000
const database = join(folder, 'timers.sqlite')
const config = readConfig({ DATABASE_PATH: database, KEYS_PATH: join(folder, 'keys.sqlite'), LOG_LEVEL: 'silent' })
const service = await openService(config)
const { app } = service
let clock = 0
const real = app.now
app.now = () => real() + clock
const sentAt = new Map<string, number>()
app.channels = new Map([...app.channels, ['telegram', telegram()]])
const point = { ...app.directory().points[0]!, id: 'bench', places: 29 }
const directory = { ...app.directory(), points: [point], calendar: { holidays: [], swaps: [] } }
app.directory = () => directory
/** A noon, so that nothing is held for the night. */
clock = (12 * 60 - ((Math.floor(real() / MINUTE) + 7 * 60) % (24 * 60))) * MINUTE

const backlog = await drainAll(Number(due))
const audience = await aim(Number(due))
const lateness = await onTime(Number(people), Number(rate))
await service.close()
const round: TimerRound = {
  due: Number(due),
  seconds: backlog,
  ...audience,
  people: Number(people),
  rate: Number(rate),
  ...lateness,
}
console.log(JSON.stringify(round))

/** Seconds until every one of them was decided and queued; nothing is sent, since platforms set that pace. */
async function drainAll(count: number): Promise<number> {
  await say('mau', 'chào')
  const contact = app.vault.hashHandle('telegram', 'telegram', 'mau')
  const startsAt = Math.ceil((app.now() + 3 * 3_600_000 + 30 * MINUTE) / (15 * MINUTE)) * 15 * MINUTE
  await book('mau', startsAt)
  const copy = openSqlite(database)
  multiply(copy, contact, count, ['conversation', 'address', 'appointment', 'timer'])
  copy.database.prepare("update outbox set state = 'dropped' where state = 'queued'").run()
  const before = startsAt - 3 * 3_600_000 + MINUTE - app.now()
  clock += before
  const later = app.later
  app.later = () => undefined
  const left = () =>
    (
      copy.database
        .prepare("select count(*) as n from timer where kind = 'reminder' and due_at <= ?")
        .get(app.now()) as { n: number }
    ).n
  const began = performance.now()
  while (left() > 0) await tick(app)
  const seconds = (performance.now() - began) / 1_000
  const queued = (
    copy.database.prepare("select count(*) as n from outbox where kind = 'reminder' and state <> 'dropped'").get() as {
      n: number
    }
  ).n
  if (queued < count) throw new Error(`${queued} of ${count} reminders were queued`)
  copy.database.exec(
    "delete from outbox; delete from timer; delete from appointment; delete from seat; delete from address where contact like 'c%' and length(contact) < 12; delete from event where contact like 'c%' and length(contact) < 12; delete from conversation where contact like 'c%' and length(contact) < 12",
  )
  copy.close()
  app.later = later
  return seconds
}

/** Copies everything of one person in these tables, so many times less one. */
function multiply({ database: rows }: SqliteStore, contact: string, count: number, tables: readonly string[]): void {
  const renamed = (column: string) => `replace(${column}, '${contact}', 'c' || i)`
  for (const table of tables) {
    const columns = (rows.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
    const values = columns.map((name) => {
      if (name === 'contact') return "'c' || i"
      if (name === 'address' || (name === 'id' && table === 'address')) return "'a' || i"
      return name === 'id' || name === 'body' ? renamed(name) : name
    })
    rows
      .prepare(
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${table} join n on ${table}.contact = ?`,
      )
      .run(count - 1, contact)
  }
}

/** A message to everybody who agreed: counted, let go by one statement, and queued for each through the one door. */
async function aim(count: number): Promise<Pick<TimerRound, 'counted' | 'begun' | 'queuedIn'>> {
  for (const text of ['nhận tin', 'có']) await say('tin', text)
  const copy = openSqlite(database)
  multiply(copy, app.vault.hashHandle('telegram', 'telegram', 'tin'), count, ['conversation', 'address'])
  copy.database.prepare("update outbox set state = 'dropped' where state = 'queued'").run()
  const audience = { who: [], communes: [], channels: [], clubs: [], languages: [], entrances: [], stages: [] }
  const now = app.now()
  const row = {
    id: 'tin',
    point: null,
    by: 'bench',
    text: 'Chiều mai gặp mặt ở nhà văn hoá.',
    audience,
    createdAt: now,
  }
  await app.store.batch([addingBroadcast({ ...row, startsAt: now, endsAt: now + 86_400_000 })])
  const target = { point: null, served: [], audience, now }
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now()
    await work()
    return performance.now() - began
  }
  const counted = await timed(() => reachOf(app.store, target))
  const waiting = (await readBroadcast(app.store, 'tin'))!
  const begun = await timed(() => app.store.batch([...beginning(waiting, 'bench', target)]))
  const later = app.later
  app.later = () => undefined
  const left = () =>
    (copy.database.prepare("select count(*) as n from timer where kind = 'broadcast'").get() as { n: number }).n
  if (left() < count) throw new Error(`${left()} of ${count} people were aimed at`)
  const queuedIn = await timed(async () => {
    while (left() > 0) await tick(app)
  })
  copy.database.exec(
    "delete from outbox; delete from timer; delete from broadcast_target; delete from address where contact like 'c%' and length(contact) < 12; delete from event where contact like 'c%' and length(contact) < 12; delete from conversation where contact like 'c%' and length(contact) < 12",
  )
  copy.close()
  app.later = later
  return { counted, begun, queuedIn: queuedIn / 1_000 }
}

/** How late each reminder left that fell due in ten seconds, while others write; milliseconds. */
async function onTime(count: number, perSecond: number): Promise<Pick<TimerRound, 'p50' | 'p95' | 'messages'>> {
  const span = 10_000
  const first = Math.ceil((app.now() + 4 * 3_600_000) / (15 * MINUTE)) * 15 * MINUTE
  for (let i = 0; i < count; i++) {
    await say(`p${i}`, 'chào')
    await book(`p${i}`, first)
  }
  const copy = openSqlite(database)
  copy.database.prepare("update outbox set state = 'dropped' where state = 'queued'").run()
  clock += first - 3 * 3_600_000 - span - app.now()
  // Spread over ten seconds: the plan names a quarter of an hour, and that would only measure the queue.
  const begin = app.now() + 1_000
  const dueAt = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const at = Math.floor(begin + (i * span) / count)
    const contact = app.vault.hashHandle('telegram', 'telegram', `p${i}`)
    copy.database.prepare("update timer set due_at = ? where contact = ? and kind = 'reminder'").run(at, contact)
    dueAt.set(`p${i}`, at)
  }
  copy.close()
  sentAt.clear()
  const ticks = setInterval(() => void tick(app), 1_000)
  let messages = 0
  const until = app.now() + span + 5_000
  const pending: Promise<unknown>[] = []
  for (let n = 0; app.now() < until; n++) {
    pending.push(say(`w${n % 500}`, 'chào'))
    messages += 1
    await new Promise((resolve) => setTimeout(resolve, 1_000 / perSecond))
  }
  await Promise.all(pending)
  clearInterval(ticks)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const late = [...dueAt]
    .map(([handle, at]) => (sentAt.get(handle) ?? Number.POSITIVE_INFINITY) - at)
    .sort((a, b) => a - b)
  const share = (part: number) => late[Math.ceil(part * late.length) - 1]!
  return { p50: share(0.5), p95: share(0.95), messages }
}

function say(handle: string, text: string): Promise<unknown> {
  return receive(app, 'telegram', 'telegram', {
    key: randomUUID(),
    handle,
    at: app.now(),
    event: { type: 'message', text },
  })
}

async function book(handle: string, startsAt: number): Promise<void> {
  const contact = app.vault.hashHandle('telegram', 'telegram', handle)
  const booking = {
    kind: 'individual',
    point: 'bench',
    staff: null,
    startsAt,
    minutes: 15,
    remind: true,
    mayVisit: false,
  } as const
  const staff = `@${handle}`
  await internal(app, contact, `book:${handle}:${startsAt}`, {
    type: 'staff',
    by: 'bench',
    action: { type: 'book_visit', booking: { ...booking, staff }, place: '', note: '', settings: null },
  })
}

function telegram(): Channel {
  return {
    name: 'telegram',
    bots: ['telegram'],
    limits: { textLength: 4_000, buttons: true, canPush: true, canDelete: false, voice: false },
    receive: async () => ({ type: 'refused', status: 400, message: 'a bench has no webhook' }),
    async send(_bot: string, handle: string, part: Part) {
      if (part.paragraphs.join(' ').includes('Bận thì đổi giờ') && !sentAt.has(handle)) sentAt.set(handle, app.now())
      return { type: 'sent', externalId: null }
    },
  }
}
