import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from './app/app.ts'
import { bookSnapshot } from './app/book-snapshot.ts'
import { warnOfDrafts, warnOfTopics } from './app/content-due.ts'
import { drain, stopDraining } from './app/deliver.ts'
import { directorySnapshot } from './app/directory-snapshot.ts'
import { finishErasures } from './app/erasure.ts'
import { errorName } from './app/error-name.ts'
import { firstStart } from './app/first-start.ts'
import { GENEROUS } from './app/limits.ts'
import { createMetrics } from './app/metrics.ts'
import { createRoom, createWaker, type Room } from './app/room.ts'
import { releaseLeases, tick, tidy } from './app/tick.ts'
import { openChannels } from './channels/open.ts'
import { loadBook } from './cli/book-cache.ts'
import { threadEditor } from './cli/editor.ts'
import { type Config, ConfigError } from './config.ts'
import { createLog } from './log.ts'
import { openSqlite, openSqliteService } from './store/better-sqlite3.ts'
import { readValue } from './store/directory.ts'
import { openKeyFile } from './store/key-file.ts'
import { openVault } from './store/seal.ts'

/** The service put together for the Node runtime, before any door is open. */
export interface Service {
  app: App
  room: Room
  /** The one-time link's token, only when the database was empty at this start. */
  setupToken: string | null
  ready(): Promise<boolean>
  /** Releases what a dead process held and ends the erasures it began; run once before the doors open. */
  recover(): Promise<void>
  tick(): Promise<void>
  tidy(): Promise<void>
  close(): Promise<void>
}

/** Opens the databases, the book and the channels. */
export async function openService(
  config: Config,
  extra: { now?: () => number; log?: App['log'] } = {},
): Promise<Service> {
  const authored = await loadBook()
  if ('problems' in authored) {
    const lines = authored.problems.map((problem) => `  ${problem.file}: ${problem.path}: ${problem.message}`)
    throw new ConfigError(`Nội dung có lỗi, hãy sửa rồi khởi động lại:\n${lines.join('\n')}`)
  }
  const store = config.databasePath === ':memory:' ? openSqlite(':memory:') : openSqliteService(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  const vault = openVault(config.dataKey ?? developmentKey(config), keys)
  const log = extra.log ?? createLog(config.logLevel)

  if (config.hideDrafts) warnOfDrafts(authored.book, log)
  const now = extra.now ?? Date.now
  const book = bookSnapshot(authored.book, { log, now, files: authored.texts })
  const editor = threadEditor()

  const setupToken = await firstStart(store, vault, config.production ? null : authored.directory)
  const directory = directorySnapshot(authored.directory)
  await directory.refresh(store)
  await book.refresh(store)

  const pending = new Set<Promise<unknown>>()
  const waker = createWaker()
  const app: App = {
    store,
    vault,
    channels: openChannels(config),
    book: book.now,
    editing: { editor, files: authored.texts, refresh: () => book.refresh(store) },
    directory: directory.now,
    now,
    later(work) {
      const tracked = work
        .catch((error) => log.error({ event: 'later_failed', error: errorName(error) }))
        .finally(() => pending.delete(tracked))
      pending.add(tracked)
    },
    log,
    metrics: createMetrics(),
    settings: {
      retentionDays: config.retentionDays,
      slipDays: config.slipDays,
      ...(config.hideDrafts ? { hideDrafts: true as const } : {}),
      operator: config.operator,
      publicUrl: config.publicUrl,
      zalo: config.zaloLimits,
    },
    limits: GENEROUS,
    chains: new Map(),
    wake: waker.wake,
  }

  return {
    app,
    room: createRoom(app, waker),
    setupToken,
    ready: async () => {
      try {
        await readValue(store, 'opened')
        return true
      } catch {
        return false
      }
    },
    async recover() {
      await releaseLeases(app, Number.MAX_SAFE_INTEGER)
      await finishErasures(app)
      await warnOfTopics(app)
      app.later(drain(app))
    },
    async tick() {
      await directory
        .refresh(store)
        .catch((error) => log.error({ event: 'tick_failed', step: 'directory', error: errorName(error) }))
      await book.refresh(store)
      await tick(app)
    },
    tidy: () => tidy(app),
    async close() {
      stopDraining(app)
      while (pending.size + app.chains.size > 0) await Promise.allSettled([...pending, ...app.chains.values()])
      await editor.close()
      await store.close()
      keys.close()
    },
  }
}

/** Outside production a key is made once and kept beside the database, readable by its owner alone. */
export function developmentKey(config: Pick<Config, 'databasePath'>): Buffer {
  if (config.databasePath === ':memory:') return randomBytes(32)
  const path = join(dirname(config.databasePath), 'development-data-key')
  if (existsSync(path)) return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  const key = randomBytes(32)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${key.toString('base64')}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return key
}
