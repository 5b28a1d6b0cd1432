import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { capture } from './capture.ts'
import { type Fresh, type Program, prepareReplay, type Statement } from './replay.ts'
import { PATH, TEXTS } from './talk.ts'

/**
 * Our own SQL and sealed bytes without our code around it. `commit`: every turn is a transaction of its own, and
 * nothing is sent. `book`: the same, and claiming and settling its message are one more transaction. `group`: the
 * floor; what arrives together shares one transaction, turns and the bookkeeping of their deliveries alike.
 */
const manner = process.argv[2] as 'commit' | 'book' | 'group'
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'dong-hanh-raw-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))

const captured = await capture(folder)
const { database } = openSqlite(join(folder, 'raw.sqlite'))
const replay = prepareReplay(database, captured)

const begin = database.prepare('begin immediate')
const commit = database.prepare('commit')

const run = (make: Statement, fresh: Fresh): void => {
  const { statement, params } = make(fresh)
  statement.run(...params)
}
const look = (make: Statement, fresh: Fresh): unknown => {
  const { statement, params } = make(fresh)
  return statement.all(...params)
}

/** What is on its way to be sent, by the id of its row: `contact.seq.n`. */
const sending = new Map<string, { program: Program; fresh: Fresh }>()
const nameOf = ({ contact, seqs }: Fresh, turn: number) => `${contact}.${seqs[turn]}`

const claim = (): { program: Program; fresh: Fresh }[] => {
  const ids = replay.claim.all(...replay.claimParams) as [string][]
  return ids.flatMap(([id]) => {
    const name = id.split('.').slice(0, 2).join('.')
    const one = sending.get(name)
    sending.delete(name)
    return one ? [{ ...one, fresh: { ...one.fresh, n: numberOf(one, id) } }] : []
  })
}

/** Reads the claimed row, as our drain does. */
function numberOf({ program, fresh }: { program: Program; fresh: Fresh }, _id: string): number {
  const [row] = look(program.claimed, fresh) as unknown[][]
  return row?.[1] as number
}

const alone = ({ program, fresh }: { program: Program; fresh: Fresh }): void => {
  begin.run()
  for (const make of program.writes) run(make, fresh)
  commit.run()
}

const deliverAlone = (): void => {
  begin.run()
  for (const { program, fresh } of claim()) for (const make of program.settle) run(make, fresh)
  commit.run()
}

interface Waiting {
  job: { program: Program; fresh: Fresh }
  resolve(): void
}
let waiting: Waiting[] = []
let settling: { program: Program; fresh: Fresh }[] = []
let planned = false
const plan = (): void => {
  if (planned) return
  planned = true
  setImmediate(flush)
}
const flush = (): void => {
  planned = false
  const group = waiting
  const ended = settling
  waiting = []
  begin.run()
  for (const { job } of group) for (const make of job.program.writes) run(make, job.fresh)
  for (const { program, fresh } of ended) for (const make of program.settle) run(make, fresh)
  settling = sending.size > 0 ? claim() : []
  commit.run()
  for (const { resolve } of group) resolve()
  if (sending.size + settling.length > 0) plan()
}

const web = new Hono()
web.post(PATH, async (c) => {
  const update = (await c.req.json()) as { message: { chat: { id: number } } }
  const job = replay.next(update.message.chat.id)
  for (const make of job.program.reads) look(make, job.fresh)
  if (manner !== 'commit') sending.set(nameOf(job.fresh, replay.programs.indexOf(job.program) % TEXTS.length), job)
  if (manner === 'group')
    await new Promise<void>((resolve) => {
      waiting.push({ job, resolve })
      plan()
    })
  else {
    alone(job)
    if (manner === 'book') setImmediate(deliverAlone)
  }
  return c.json({ ok: true })
})
serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(JSON.stringify({ port })))
