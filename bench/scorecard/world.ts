import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../src/app/app.ts'
import { internal, receive } from '../../src/app/handle.ts'
import type { Channel, Delivery } from '../../src/channels/channel.ts'
import { readConfig } from '../../src/config.ts'
import type { Book } from '../../src/engine/book.ts'
import type { InboundEvent } from '../../src/engine/conversation.ts'
import { openService, type Service } from '../../src/service.ts'
import type { SqliteStore } from '../../src/store/better-sqlite3.ts'
import { smallBook } from '../engine/ours-small-book.ts'
import { SECRET, TOKEN } from '../webhook/talk.ts'
import { pause } from './verdict.ts'

export interface World {
  app: App
  /** What reached the person. */
  heard: string[]
  /** The fate of the next calls, one each; afterwards every call succeeds. */
  fates: (() => Promise<Delivery>)[]
  clock: { shift: number }
  book: { now: Book }
  say(text: string, key?: string): Promise<string>
  event(event: InboundEvent, key: string): Promise<string>
  settle(): Promise<void>
  count(sql: string): number
  /** Another process on the same files; this one is left as it died. */
  restart(): Promise<World>
  tick(): Promise<void>
}

const HANDLE = '700000001'
let serial = 0

/** The real service on a file of its own, the two questions beside the real book, and a channel that can misbehave. */
export async function openWorld(folder = mkdtempSync(join(tmpdir(), 'dong-hanh-score-'))): Promise<World> {
  process.setMaxListeners(0)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const clock = { shift: 0 }
  const service: Service = await openService(
    readConfig({
      DATABASE_PATH: join(folder, 'score.sqlite'),
      KEYS_PATH: join(folder, 'keys.sqlite'),
      LOG_LEVEL: 'silent',
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    }),
    { now: () => Date.now() + clock.shift },
  )
  const { app } = service
  const book = { now: withQuestions(app.book()) }
  app.book = () => book.now
  const heard: string[] = []
  const fates: (() => Promise<Delivery>)[] = []
  const channel: Channel = {
    ...app.channels.get('telegram')!,
    async send(_bot, _handle, part) {
      const delivery = await (fates.shift() ?? sent)()
      if (delivery.type === 'sent') heard.push(part.paragraphs.join('\n\n'))
      return delivery
    },
  }
  ;(app.channels as Map<string, Channel>).set('telegram', channel)
  const { database } = app.store as SqliteStore
  const waiting = database.prepare(
    "select count(*) from outbox where state = 'leased' or (state = 'queued' and due_at <= ?)",
  )
  const world: World = {
    app,
    heard,
    fates,
    clock,
    book,
    say: (text, key = `s${++serial}`) => world.event({ type: 'message', text }, key),
    event: (event, key) => receive(app, 'telegram', 'telegram', { key, handle: HANDLE, at: app.now(), event }),
    async settle() {
      for (let i = 0; i < 100; i++) {
        await pause(10)
        if (app.chains.size === 0 && waiting.pluck().get(app.now()) === 0) return
      }
    },
    count: (sql) => database.prepare(sql).pluck().get() as number,
    async restart() {
      const next = await openWorld(folder)
      // The sealed words were written under the key beside the database, which both read.
      return next
    },
    tick: () => service.tick(),
  }
  return world
}

export function staff(world: World, action: 'take' | 'close'): Promise<string> {
  const contact = world.app.vault.hashHandle('telegram', 'telegram', HANDLE)
  return internal(world.app, contact, `staff${++serial}`, { type: 'staff', by: 'lan', action: { type: action } })
}

export const sent = async (): Promise<Delivery> => ({ type: 'sent', externalId: String(++serial) })

export function withQuestions(real: Book, questions: Book = smallBook): Book {
  return {
    ...real,
    triggers: [...questions.triggers, ...real.triggers],
    flow: (id, revision) => questions.flow(id, revision) ?? real.flow(id, revision),
    withdrawn: (id, revision) => questions.withdrawn(id, revision) ?? real.withdrawn(id, revision),
    words: (key, locale) => questions.words(key, locale) ?? real.words(key, locale),
  }
}
