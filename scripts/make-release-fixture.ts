/**
 * Writes the database that a release leaves behind, for `tests/store/released.test.ts`: run once for each release that
 * has another schema or another format, and never again for an old one.
 *
 *   node scripts/make-release-fixture.ts tests/store/fixtures/released-0001
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drain, stopDraining } from '../src/app/deliver.ts'
import { internal } from '../src/app/handle.ts'
import { readConfig } from '../src/config.ts'
import { openService } from '../src/service.ts'

/** Monday 23/11/2026, 09:00 in Vietnam. */
const BEGIN = Date.UTC(2026, 10, 23, 2, 0)
const KEY = Buffer.from('released fixtures use this key!!')

const [target] = process.argv.slice(2)
if (!target || existsSync(`${target}.sqlite`)) {
  console.error('Usage: node scripts/make-release-fixture.ts FILE, where FILE.sqlite does not exist yet')
  process.exit(1)
}

const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-fixture-'))
const files = { sqlite: join(folder, 'data.sqlite'), 'keys.sqlite': join(folder, 'keys.sqlite') }
let now = BEGIN
const config = readConfig({
  NODE_ENV: 'production',
  DATABASE_PATH: files.sqlite,
  KEYS_PATH: files['keys.sqlite'],
  DATA_KEY: KEY.toString('base64'),
  LOG_LEVEL: 'silent',
})
const service = await openService(config, { now: () => now })
const { app, room } = service

let serial = 0
const say = async (visitor: string, text: string): Promise<void> => {
  now += 20_000
  await room.post(visitor, { id: `fixture-${++serial}`, text })
  await drain(app)
}

// Inside a flow: the number is given and confirmed, the hour is asked for.
await say('visitor-in-a-flow', 'gọi lại cho tôi')
await say('visitor-in-a-flow', '0912 345 678')
await say('visitor-in-a-flow', 'có')

await say('visitor-at-a-ticket', 'gặp người')

// A counsellor holds the ticket, the person waits for a line, and the timer of that wait runs.
await say('visitor-held', 'gặp người')
now += 20_000
const held = app.vault.hashHandle('webchat', 'web', 'visitor-held')
await internal(app, held, 'fixture-take', { type: 'staff', by: 'lan', action: { type: 'take' } })
await drain(app)
await say('visitor-held', 'chị ơi, em đợi ạ')

// The process ended after the turn and before its answer went out.
stopDraining(app)
await say('visitor-unanswered', 'chào')
await service.close()

for (const [end, file] of Object.entries(files)) {
  const database = new Database(file)
  database.pragma('journal_mode = DELETE')
  database.prepare('vacuum into ?').run(`${target}.${end}`)
  database.close()
}
rmSync(folder, { recursive: true })
