import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopDraining } from '../../src/app/deliver.ts'
import { receive } from '../../src/app/handle.ts'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import type { SqliteStore } from '../../src/store/better-sqlite3.ts'
import { claim } from '../../src/store/outbox.ts'
import { dueTimers } from '../../src/store/timers.ts'
import { SECRET, TEXTS, TOKEN } from '../webhook/talk.ts'
import { fill } from './fill.ts'

/** Fills one database to a size and measures on it; prints JSON. */
const [contacts, messages, timers] = process.argv.slice(2).map(Number) as [number, number, number]
const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-growth-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const path = join(folder, 'growth.sqlite')
const service = await openService(
  readConfig({
    DATABASE_PATH: path,
    KEYS_PATH: join(folder, 'keys.sqlite'),
    LOG_LEVEL: 'silent',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
  }),
)
const { app } = service
const store = app.store as SqliteStore
const { database } = store
/** Nothing leaves: what is measured is the turn, and a claim must find its rows waiting. */
stopDraining(app)

const handleOf = (i: number) => String(700_000_000 + i)
const ids = Array.from({ length: contacts }, (_, i) => app.vault.hashHandle('telegram', 'telegram', handleOf(i)))
const idOf = (i: number) => ids[i]!
const began = performance.now()
const now = Date.now()
fill(database, { contacts, messages, timers, now, idOf })
const fillSeconds = Math.round((performance.now() - began) / 1_000)
database.pragma('wal_checkpoint(TRUNCATE)')
// Gigabytes of the filling still on their way to the disk would stand in front of every sync that is measured.
execFileSync('sync')

const RUNS = 7
const random = (below: number) => Math.floor(Math.random() * below)
const turns: number[] = []
const scans: number[] = []
const claims: number[] = []
let serial = 0
/** Turns put their messages into lane 1; lane 2 is kept for the claim. */
for (let run = -1; run < RUNS; run++) {
  const people = Array.from({ length: 50 }, () => random(contacts))
  // A person we know has a key already.
  for (const person of people) await app.vault.seal(idOf(person), 'bench', '')
  const from = performance.now()
  for (const person of people)
    for (const text of TEXTS) {
      serial += 1
      const event = { type: 'message' as const, text }
      await receive(app, 'telegram', 'telegram', { key: `g${serial}`, handle: handleOf(person), at: Date.now(), event })
    }
  const turn = ((performance.now() - from) * 1_000) / (people.length * TEXTS.length)

  const scanFrom = performance.now()
  for (let i = 0; i < 50; i++) await dueTimers(store, now, 100)
  const scan = ((performance.now() - scanFrom) * 1_000) / 50

  const claimFrom = performance.now()
  const rows = await claim(store, 2, now, now + 60_000, 50)
  const took = performance.now() - claimFrom
  if (rows.length !== 50) throw new Error(`claimed ${rows.length} rows, expected 50`)
  database.prepare("update outbox set state = 'queued', lease_until = null where state = 'leased' and lane = 2").run()
  if (run < 0) continue
  turns.push(turn)
  scans.push(scan)
  claims.push(took)
}

const size = (names: string) =>
  database
    .prepare(`select coalesce(sum(pgsize), 0) from dbstat where aggregate = 1 and (${names})`)
    .pluck()
    .get() as number
let perContact = 0
let perMessage = 0
try {
  perContact =
    size(
      "name in ('conversation', 'address') or name like 'conversation_%' or name like 'address_%' or name like 'sqlite_autoindex_conversation%' or name like 'sqlite_autoindex_address%'",
    ) / contacts
  perMessage = size("name = 'words' or name like 'words_%' or name like 'sqlite_autoindex_words%'") / messages
} catch {
  // This build of SQLite cannot tell the pages of a table: the file is divided instead, below.
}
database.pragma('wal_checkpoint(TRUNCATE)')
console.log(
  JSON.stringify({
    contacts,
    messages,
    timers,
    fillSeconds,
    bytes: statSync(path).size,
    turns,
    scans,
    claims,
    bytesPerContact: perContact,
    bytesPerMessage: perMessage,
  }),
)
process.exit(0)
