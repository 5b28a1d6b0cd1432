import type { App } from '../../src/app/app.ts'
import { GENEROUS } from '../../src/app/limits.ts'
import { createMetrics } from '../../src/app/metrics.ts'
import { releaseLeases } from '../../src/app/tick.ts'
import { EMPTY_CALENDAR, NO_SWITCHES } from '../../src/engine/facts.ts'
import { openVault, type Vault } from '../../src/store/seal.ts'
import { faultBook } from './fault-book.ts'
import { faultyChannel } from './faulty-channel.ts'
import { faultyStore } from './faulty-store.ts'
import type { Ground, Life, Row, Stage } from './stage.ts'

/** The service of one process, on a ground that it shares with those before it and beside it. */
export interface Process {
  app: App
  life: Life
  /** Steps of the service's own work that failed, by name. */
  errors: string[]
  /** What a start does when no other process lives. */
  recover(): void
}

const KEY = Buffer.alloc(32, 9)
const SEPARATOR = '\u0000'

export function startProcess(ground: Ground, stage: Stage, number: number): Process {
  const life: Life = { number, over: false }
  const claimed = new WeakMap<Uint8Array, Row>()
  const rows = new Map<string, Row>()
  const vault = markHandles(openVault(KEY, ground.keys, { alone: false }), claimed, rows)
  const rowOf = (marked: string) => ({ handle: marked.split(SEPARATOR)[0]!, row: rows.get(marked)! })
  const errors: string[] = []
  const quiet = () => undefined
  const error = (fields: { event?: string; error?: string }) => void errors.push(`${fields.event} ${fields.error}`)
  const app: App = {
    store: faultyStore(ground.connect(), life, stage, claimed),
    vault,
    channels: new Map([['telegram', faultyChannel(life, stage, rowOf)]]),
    book: () => faultBook,
    directory: () => ({
      points: [],
      clubs: [],
      communes: [],
      calendar: EMPTY_CALENDAR,
      staff: [],
      switches: NO_SWITCHES,
    }),
    now: () => stage.clock.now,
    later: (work) => void work.catch(quiet),
    log: { trace: quiet, debug: quiet, info: quiet, warn: quiet, error, fatal: error } as never,
    metrics: createMetrics(),
    settings: {
      retentionDays: 30,
      slipDays: 30,
      operator: { name: 'Trạm MẪU', type: 'đơn vị y tế', readers: 'tư vấn viên' },
      publicUrl: null,
      zalo: { users: 50, usersSwitch: 45, messages: 3_000, crisisReserve: 200 },
    },
    limits: GENEROUS,
    chains: new Map(),
    wake: quiet,
  }
  return {
    app,
    life,
    errors,
    recover: () => void releaseLeases(app, Number.MAX_SAFE_INTEGER).catch(quiet),
  }
}

/** Hangs the row's number on each opened handle, which goes nowhere but into a call of the platform. */
function markHandles(vault: Vault, claimed: WeakMap<Uint8Array, Row>, rows: Map<string, Row>): Vault {
  return {
    ...vault,
    async open(place, sealed) {
      const text = await vault.open(place, sealed)
      const row = claimed.get(sealed)
      if (text === null || !row || !place.startsWith('address:')) return text
      const marked = `${text}${SEPARATOR}${row.n}${SEPARATOR}${row.fence}`
      rows.set(marked, row)
      return marked
    },
  }
}
