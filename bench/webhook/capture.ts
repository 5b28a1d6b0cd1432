import { join } from 'node:path'
import type { App } from '../../src/app/app.ts'
import { receive } from '../../src/app/handle.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import type { SqliteStore } from '../../src/store/better-sqlite3.ts'
import type { Query, Read } from '../../src/store/query.ts'
import type { Store } from '../../src/store/store.ts'
import { SECRET, TEXTS, TOKEN } from './talk.ts'

/** Everything our own code asked of the database for one turn. */
export interface Captured {
  reads: readonly Query[]
  writes: readonly Query[]
  /** What sending its message asked: the claim, the row, the fate. */
  claim: Query
  claimed: Query
  settle: readonly Query[]
}

/** The turns of one conversation with the values that a replay must make anew. */
export interface Capture {
  turns: readonly Captured[]
  /** The rows a known person has. */
  person: readonly Query[]
  contact: string
  keys: readonly string[]
  seqs: readonly number[]
  numbers: readonly number[]
}

/** Numbers nothing else has, so that they are found again in the parameters. */
const SEQ = 7_000_000
const N = 8_000_000

type Op = { type: 'read' | 'batch' | 'returning'; queries: readonly Query[]; rows: number }

/** Talks with the real service through a store that remembers what it was asked. */
export async function capture(folder: string): Promise<Capture> {
  const service = await openService(
    readConfig({
      DATABASE_PATH: join(folder, 'capture.sqlite'),
      KEYS_PATH: join(folder, 'capture-keys.sqlite'),
      LOG_LEVEL: 'silent',
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    }),
  )
  const { app } = service
  const inner = app.store as SqliteStore
  const channel = app.channels.get('telegram')!
  ;(app.channels as Map<string, Channel>).set('telegram', {
    ...channel,
    send: async () => ({ type: 'sent', externalId: '123456789' }),
  })
  const ops: Op[] = []
  app.store = recording(inner, ops)

  let serial = 0
  const turn = async (text: string): Promise<readonly Op[]> => {
    ops.length = 0
    serial += 1
    const arrival = {
      key: `b${serial}`,
      handle: '700000000',
      at: Date.now(),
      event: { type: 'message' as const, text },
    }
    const result = await receive(app, 'telegram', 'telegram', arrival)
    if (result !== 'committed') throw new Error(`a captured turn was ${result}`)
    await quiet(app, inner)
    return [...ops]
  }

  const first = await turn(TEXTS[0])
  for (const text of TEXTS.slice(1)) await turn(text)
  inner.database.prepare('update conversation set seq = ?').run(SEQ)
  inner.database.prepare("update sqlite_sequence set seq = ? where name = 'outbox'").run(N)
  const turns: Captured[] = []
  for (const text of TEXTS) turns.push(read(await turn(text)))

  const contact = inner.database.prepare('select contact from conversation').pluck().get() as string
  const keys = turns.map(({ writes }) => writes[0]!.params[0] as string)
  const person = first
    .find((op) => op.type === 'batch')!
    .queries.filter(({ sql }) => /^insert into "(address|conversation)"/.test(sql))
  await service.close()
  return {
    turns,
    person,
    contact,
    keys,
    seqs: TEXTS.map((_, i) => SEQ + 1 + i),
    numbers: TEXTS.map((_, i) => N + 1 + i),
  }
}

function recording(store: SqliteStore, ops: Op[]): Store {
  const note = async <Row>(type: 'read' | 'returning', query: Read<Row>): Promise<readonly Row[]> => {
    const rows = await store[type](query)
    ops.push({ type, queries: [{ sql: query.sql, params: query.params }], rows: rows.length })
    return rows
  }
  return {
    ...store,
    read: (query) => note('read', query),
    returning: (query) => note('returning', query),
    batch(writes) {
      ops.push({ type: 'batch', queries: writes, rows: 0 })
      return store.batch(writes)
    },
  }
}

/** Until the message of the turn has gone out and is settled. */
async function quiet(app: App, store: SqliteStore): Promise<void> {
  const waiting = store.database.prepare("select count(*) from outbox where state in ('queued', 'leased')").pluck()
  do await new Promise((resolve) => setTimeout(resolve, 5))
  while (app.chains.size > 0 || (waiting.get() as number) > 0)
  await new Promise((resolve) => setTimeout(resolve, 5))
}

function read(ops: readonly Op[]): Captured {
  const commit = ops.findIndex((op) => op.type === 'batch')
  const claim = ops.find((op) => op.type === 'returning' && op.rows === 1)
  const after = ops.slice(ops.indexOf(claim!))
  const claimed = after.find((op) => op.type === 'read')
  const settle = after.find((op) => op.type === 'batch')
  if (!claim || !claimed || !settle) throw new Error('a captured turn sent nothing')
  const sent = ops[commit]!.queries.filter(({ sql }) => /^insert into "outbox"/.test(sql)).length
  if (sent !== 1) throw new Error(`a captured turn sent ${sent} messages, expected one`)
  return {
    reads: ops.slice(0, commit).flatMap((op) => op.queries),
    writes: ops[commit]!.queries,
    claim: claim.queries[0]!,
    claimed: claimed.queries[0]!,
    settle: settle.queries,
  }
}
