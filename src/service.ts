import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from './app/app.ts'
import { warnOfTopics } from './app/content-due.ts'
import { drain, stopDraining } from './app/deliver.ts'
import { finishErasures } from './app/erasure.ts'
import { errorName } from './app/handle.ts'
import { createMetrics } from './app/metrics.ts'
import { createRoom, createWaker, type Room } from './app/room.ts'
import { releaseLeases, tick, tidy } from './app/tick.ts'
import { load } from './authoring/load.ts'
import type { Channel, ChannelName } from './channels/channel.ts'
import { telegram } from './channels/telegram.ts'
import { webchat } from './channels/webchat.ts'
import { zalo } from './channels/zalo.ts'
import { readAuthored } from './cli/files.ts'
import { type Config, ConfigError } from './config.ts'
import type { Directory } from './engine/facts.ts'
import { createLog } from './log.ts'
import { openSqlite } from './store/better-sqlite3.ts'
import { putValue, readDirectory, readValue, seedDirectory } from './store/directory.ts'
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
  const authored = load(readAuthored())
  if ('problems' in authored) {
    const lines = authored.problems.map((problem) => `  ${problem.file}: ${problem.path}: ${problem.message}`)
    throw new ConfigError(`Nội dung có lỗi, hãy sửa rồi khởi động lại:\n${lines.join('\n')}`)
  }
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  const vault = openVault(config.dataKey ?? developmentKey(config), keys)
  const log = extra.log ?? createLog(config.logLevel)

  const empty = (await readValue(store, 'first_start')) === null
  const setupToken = empty ? randomBytes(24).toString('base64url') : null
  if (setupToken !== null) {
    if (!config.production) await seedDirectory(store, authored.samples)
    await putValue(store, 'setup_link', vault.hashToken(setupToken))
    await putValue(store, 'first_start', '1')
  }

  let version: string | null = null
  let directory: Directory = { points: [], clubs: [], communes: authored.communes }
  const refresh = async (): Promise<void> => {
    const fresh = await readDirectory(store, version)
    if (!fresh) return
    version = fresh.version
    directory = { points: fresh.points, clubs: fresh.clubs, communes: authored.communes }
  }
  await refresh()

  const pending = new Set<Promise<unknown>>()
  const waker = createWaker()
  const app: App = {
    store,
    vault,
    channels: openChannels(config),
    book: () => authored.book,
    directory: () => directory,
    now: extra.now ?? Date.now,
    later(work) {
      const tracked = work
        .catch((error) => log.error({ event: 'later_failed', error: errorName(error) }))
        .finally(() => pending.delete(tracked))
      pending.add(tracked)
    },
    log,
    metrics: createMetrics(),
    settings: { retentionDays: config.retentionDays, publicUrl: config.publicUrl, zalo: config.zaloLimits },
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
      await refresh().catch((error) => log.error({ event: 'tick_failed', step: 'directory', error: errorName(error) }))
      await tick(app)
    },
    tidy: () => tidy(app),
    async close() {
      stopDraining(app)
      while (pending.size + app.chains.size > 0) await Promise.allSettled([...pending, ...app.chains.values()])
      store.close()
      keys.close()
    },
  }
}

function openChannels(config: Config): ReadonlyMap<ChannelName, Channel> {
  const channels = new Map<ChannelName, Channel>([['webchat', webchat()]])
  if (config.telegram) channels.set('telegram', telegram(config.telegram))
  if (config.zalo) channels.set('zalo', zalo(config.zalo))
  return channels
}

/** Outside production a key is made once and kept beside the database, readable by its owner alone. */
export function developmentKey(config: Pick<Config, 'databasePath'>): Buffer {
  const path = join(dirname(config.databasePath), 'development-data-key')
  if (existsSync(path)) return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  const key = randomBytes(32)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${key.toString('base64')}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return key
}
