import { PassThrough } from 'node:stream'
import { afterEach } from 'vitest'
import type { App } from '../../src/app/app.ts'
import { drain } from '../../src/app/deliver.ts'
import { internal, receive } from '../../src/app/handle.ts'
import { GENEROUS } from '../../src/app/limits.ts'
import { createMetrics } from '../../src/app/metrics.ts'
import { createRoom, createWaker, type Room } from '../../src/app/room.ts'
import { tick } from '../../src/app/tick.ts'
import type { ChannelName } from '../../src/channels/channel.ts'
import type { Book } from '../../src/engine/book.ts'
import type { InboundEvent, StaffAction } from '../../src/engine/conversation.ts'
import { EMPTY_CALENDAR, NO_SWITCHES } from '../../src/engine/facts.ts'
import { createLog } from '../../src/log.ts'
import { openSqlite, type SqliteStore } from '../../src/store/better-sqlite3.ts'
import { commit } from '../../src/store/commit.ts'
import { openKeyFile } from '../../src/store/key-file.ts'
import type { KeyStore } from '../../src/store/key-store.ts'
import { lastLines } from '../../src/store/lines.ts'
import { load } from '../../src/store/load.ts'
import { openVault, type Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import { turnOf } from '../store/turns.ts'
import { type FakeChannel, fakeChannel } from './fake-channel.ts'
import { smallBook } from './small-book.ts'

/** Saturday 21/11/2026, 10:00 in Vietnam. */
export const MORNING = Date.UTC(2026, 10, 21, 3, 0)
export const MINUTE = 60_000
export const DAY = 86_400_000

interface Parts {
  store: Store
  vault: Vault
}

export interface SmallApp {
  app: App
  room: Room
  database: SqliteStore
  keys: KeyStore
  telegram: FakeChannel
  zalo: FakeChannel
  clock: { now: number }
  book: { now: Book }
  log(): string
  contact(handle: string, channel?: ChannelName, bot?: string): string
  /** One message of a person; each has a key of its own unless one is given. */
  say(handle: string, text: string, options?: Partial<Said>): Promise<string>
  staff(handle: string, action: StaffAction): Promise<string>
  /** Queues an unprompted message, as a campaign would. */
  broadcast(handle: string, channel?: ChannelName): Promise<void>
  lines(handle: string, channel?: ChannelName): Promise<readonly string[]>
  /** Waits for all that goes on after an answer. */
  settle(): Promise<void>
  /** Lets time pass, ticks once and waits for what follows. */
  pass(milliseconds: number): Promise<void>
  /** A process that starts on the same files after the present one died. */
  restart(): SmallApp
  /** The same process with other parts. */
  with(parts: Partial<Parts>): SmallApp
}

export interface Said {
  key: string
  channel: ChannelName
  bot: string
  at: number
  event: InboundEvent
}

const opened: (() => void)[] = []
let serial = 0

afterEach(() => {
  for (const close of opened.splice(0)) close()
})

export function openApp(): SmallApp {
  const database = openSqlite(':memory:')
  const keys = openKeyFile(':memory:')
  opened.push(() => {
    database.close()
    keys.close()
  })
  const shared = {
    database,
    keys,
    clock: { now: MORNING },
    book: { now: smallBook },
    telegram: fakeChannel('telegram'),
    zalo: fakeChannel('zalo'),
  }
  return assemble(shared, { store: database, vault: openVault(KEY, keys) })
}

const KEY = Buffer.alloc(32, 9)

interface Shared {
  database: SqliteStore
  keys: KeyStore
  clock: { now: number }
  book: { now: Book }
  telegram: FakeChannel
  zalo: FakeChannel
}

function assemble(shared: Shared, { store, vault }: Parts): SmallApp {
  const { clock, book, telegram, zalo, database } = shared
  const pending = new Set<Promise<unknown>>()
  const stream = new PassThrough()
  const waker = createWaker()
  let log = ''
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const app: App = {
    store,
    vault,
    channels: new Map([telegram, zalo, fakeChannel('webchat')].map((channel) => [channel.name, channel])),
    book: () => book.now,
    directory: () => ({
      points: [],
      clubs: [],
      communes: [],
      calendar: EMPTY_CALENDAR,
      staff: [],
      switches: NO_SWITCHES,
    }),
    now: () => clock.now,
    later(work) {
      const tracked = work.catch(() => undefined).finally(() => pending.delete(tracked))
      pending.add(tracked)
    },
    log: createLog('trace', stream),
    metrics: createMetrics(),
    settings: {
      retentionDays: 30,
      slipDays: 30,
      operator: { name: 'Trạm MẪU', type: 'đơn vị y tế', readers: 'tư vấn viên' },
      publicUrl: 'https://dong-hanh.test',
      zalo: { users: 50, usersSwitch: 45, messages: 30, crisisReserve: 10 },
    },
    limits: GENEROUS,
    chains: new Map(),
    wake: waker.wake,
  }
  const contact = (handle: string, channel: ChannelName = 'telegram', bot: string = channel) =>
    vault.hashHandle(channel, bot === 'webchat' ? 'web' : bot, handle)
  const settle = async () => {
    while (pending.size > 0) await Promise.allSettled([...pending])
  }
  return {
    app,
    room: createRoom(app, waker),
    database,
    keys: shared.keys,
    telegram,
    zalo,
    clock,
    book,
    log: () => log,
    contact,
    say(handle, text, options = {}) {
      const { channel = 'telegram', bot = channel, key = `k${++serial}`, at = clock.now } = options
      const event = options.event ?? { type: 'message', text }
      return receive(app, channel, bot, { key, handle, at, event })
    },
    staff: (handle, action) => internal(app, contact(handle), `click${++serial}`, { type: 'staff', by: 'lan', action }),
    async broadcast(handle, channel) {
      const before = await load(store, contact(handle, channel))
      const content = { lane: 'unprompted', kind: 'broadcast', at: clock.now } as const
      const turn = turnOf(`b${++serial}`, before.conversation, content)
      const events = turn.events.filter((one) => one.type === 'message_queued')
      const kept = { events, address: before.address, activeAt: before.activeAt ?? 0, askedAt: before.askedAt }
      await commit(store, vault, { ...turn, ...kept, origin: null })
    },
    lines: async (handle, channel = 'telegram') =>
      (await lastLines(store, vault, contact(handle, channel), 200)).map(({ from, text }) => `${from}: ${text}`),
    settle,
    async pass(milliseconds) {
      clock.now += milliseconds
      await tick(app)
      await drain(app)
      await settle()
    },
    restart: () => assemble(shared, { store: database, vault: openVault(KEY, shared.keys) }),
    with: (parts) => assemble(shared, { store, vault, ...parts }),
  }
}
