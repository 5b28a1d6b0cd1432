import bundle from '../dist/service.bundle.txt'
import { anonymousBook } from './app/anonymous.ts'
import type { App } from './app/app.ts'
import { type BookSnapshot, bookSnapshot } from './app/book-snapshot.ts'
import { warnOfDrafts } from './app/content-due.ts'
import { type DirectorySnapshot, directorySnapshot } from './app/directory-snapshot.ts'
import { errorName } from './app/error-name.ts'
import { firstStart } from './app/first-start.ts'
import { INVOCATION } from './app/limits.ts'
import type { Log } from './app/log.ts'
import { createMetrics, type Metrics } from './app/metrics.ts'
import { createRoom, type Waker } from './app/room.ts'
import { tick, tidy } from './app/tick.ts'
import { type BookData, bookFrom } from './authoring/book-data.ts'
import { openChannels } from './channels/open.ts'
import { type Config, ConfigError, pageSettings, readConfig } from './config.ts'
import type { Book } from './engine/book.ts'
import type { Directory } from './engine/facts.ts'
import { consoleLog } from './log-console.ts'
import { type D1Like, d1Store } from './store/d1.ts'
import { readValue } from './store/directory.ts'
import { type BucketLike, bucketKeys } from './store/key-bucket.ts'
import { openVault } from './store/seal.ts'
import type { Store } from './store/store.ts'
import { createWeb } from './web/server.ts'

/** The bindings of `wrangler.toml`; every other name is a setting, as on Node. */
interface Env extends Readonly<Record<string, unknown>> {
  DB: D1Like
  KEYS: BucketLike
}

interface Invocation {
  waitUntil(work: Promise<unknown>): void
}

/** Housekeeping; every other cron is a tick. */
const HOURLY = '17 * * * *'
const STREAM = { streamSeconds: 60, pollMilliseconds: 1_000 }

interface Bundle {
  book: BookData
  directory: Directory
  texts: Readonly<Record<string, string>>
  assets: [string, { type: string; body: string }][]
}

/** What requests of one isolate share: nothing here belongs to a request, and nothing is awaited by another one. */
interface Isolate {
  config: Config
  book: BookSnapshot
  texts: Readonly<Record<string, string>>
  authored: Directory
  assets: ReadonlyMap<string, { type: string; body: string }>
  directory: DirectorySnapshot
  metrics: Metrics
  log: Log
  /** Has this isolate seen that the database was begun. */
  begun: boolean
}

let isolate: Isolate | null = null

export default {
  async fetch(request: Request, env: Env, invocation: Invocation): Promise<Response> {
    try {
      const { app, shared } = await open(env, invocation)
      // Rows are tailed: a write made in another request cannot wake this one.
      const { wake: _, ...room } = createRoom(app, NOBODY_WAKES)
      const pages = pageSettings(shared.config)
      const web = createWeb(app, room, {
        ...pages,
        publicUrl: pages.publicUrl ?? new URL(request.url).origin,
        links: shared.config.allowDataAbroad ? pages.links : [],
        assets: shared.assets,
        ...STREAM,
        ready: () => isReady(app.store),
      })
      return await web.fetch(request)
    } catch (error) {
      console.error(error instanceof ConfigError ? error.message : errorName(error))
      return Response.json({ error: 'unavailable' }, { status: 503 })
    }
  },

  async scheduled({ cron }: { cron: string }, env: Env, invocation: Invocation): Promise<void> {
    const { app } = await open(env, invocation)
    if (cron === HOURLY) await tidy(app)
    else await tick(app)
  },
}

/** An `App` for one invocation: what it waits for, it started itself. */
async function open(env: Env, invocation: Invocation): Promise<{ app: App; shared: Isolate }> {
  isolate ??= readIsolate(env)
  const shared = isolate
  const { config, log } = shared
  const store = d1Store(env.DB)
  // Other isolates make and destroy keys too, so none is remembered past its use.
  const vault = openVault(config.dataKey ?? missingKey(), bucketKeys(env.KEYS, Date.now), { alone: false })
  await begin(shared, store, vault)
  const app: App = {
    store,
    vault,
    channels: openChannels(config.allowDataAbroad ? config : { telegram: null, zalo: null }),
    book: shared.book.now,
    // The authored files do not come along: what was drafted elsewhere is approved and read here (docs/workers.md).
    editing: { editor: null, files: shared.texts, refresh: () => shared.book.refresh(store) },
    directory: shared.directory.now,
    now: Date.now,
    later: (work) =>
      invocation.waitUntil(work.catch((error) => log.error({ event: 'later_failed', error: errorName(error) }))),
    log,
    metrics: shared.metrics,
    settings: {
      retentionDays: config.retentionDays,
      slipDays: config.slipDays,
      ...(config.hideDrafts ? { hideDrafts: true as const } : {}),
      ...(config.allowDataAbroad ? {} : { anonymous: true as const }),
      operator: config.operator,
      publicUrl: config.publicUrl,
      zalo: config.zaloLimits,
    },
    limits: INVOCATION,
    chains: new Map(),
    wake: NOBODY_WAKES.wake,
  }
  return { app, shared }
}

function readIsolate(env: Env): Isolate {
  const settings = Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const config = readConfig(Object.fromEntries(settings))
  const { book, directory, texts, assets } = JSON.parse(bundle) as Bundle
  const whole = bookFrom(book)
  const log = consoleLog(config.logLevel)
  if (config.hideDrafts) warnOfDrafts(whole, log)
  const shape = (one: Book) => (config.allowDataAbroad ? one : anonymousBook(one))
  log.info({ event: 'started', what: config.allowDataAbroad ? 'data_abroad' : 'anonymous_only' })
  return {
    config,
    book: bookSnapshot(whole, { log, now: Date.now, files: texts, shape }),
    texts,
    authored: directory,
    assets: new Map(assets),
    directory: directorySnapshot(directory),
    metrics: createMetrics(),
    log,
    begun: false,
  }
}

/**
 * The first request to an empty database prints the one-time link, as the first start on Node does; but logs of
 * Workers are kept elsewhere, so in production the operator makes the link (`npm run staff -- link --d1`).
 */
async function begin(shared: Isolate, store: Store, vault: App['vault']): Promise<void> {
  try {
    if (!shared.begun) {
      const token = await firstStart(store, vault, shared.config.production ? null : shared.authored)
      shared.begun = true
      if (token && !shared.config.production)
        console.log(`Tạo tài khoản đầu tiên (dùng một lần): ${shared.config.publicUrl ?? ''}/desk/setup?token=${token}`)
    }
    await Promise.all([shared.directory.refresh(store), shared.book.refresh(store)])
  } catch (error) {
    // The pages that need no database still answer; /readyz tells.
    shared.log.error({ event: 'begin_failed', error: errorName(error) })
  }
}

async function isReady(store: Store): Promise<boolean> {
  try {
    return (await readValue(store, 'first_start')) !== null
  } catch {
    return false
  }
}

function missingKey(): never {
  throw new ConfigError('Thiếu cài đặt bắt buộc (missing): DATA_KEY. Trên Workers khoá này luôn phải đặt.')
}

const NOBODY_WAKES: Waker = { wake: () => undefined, wait: () => new Promise(() => undefined) }
