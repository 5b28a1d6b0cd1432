import type { KeyStore } from '../../src/store/key-store.ts'
import type { Store } from '../../src/store/store.ts'
import type { Random } from './random.ts'

/** An empty database with its keys: what outlives every process of a run. */
export interface Ground {
  /** A connection of a process of its own. */
  connect(): Store
  keys: KeyStore
  close(): void | Promise<void>
}

/** One call that reached the platform, and what was done to it on purpose. */
export interface Call {
  row: Row
  by: Life
  handle: string
  text: string
  externalId: string
  /** Did the person get it. */
  reached: boolean
  answer: 'sent' | 'uncertain' | 'retry' | 'failed' | null
  /** Did the process learn that its note of this call is in the database. */
  noted: boolean
  leaseUntil: number
  /** Why it may be made again. */
  causes: Set<'crash' | 'timeout' | 'later' | 'store' | 'lease'>
}

/** The outbox row behind a call. */
export interface Row {
  n: number
  id: string
  contact: string
  address: string
  lane: number
  kind: string
  fence: number
}

/** One process: once it is over, nothing it began goes on. */
export interface Life {
  number: number
  over: boolean
}

/** What a run shares: the chances, the clock, and all that reached the platform. */
export interface Stage {
  random: Random
  clock: { now: number }
  /** The shares of store operations and calls that go wrong; zero once the weather is calm. */
  storeFaults: number
  channelFaults: number
  /** Calls of unprompted messages get no answer for now. */
  unpromptedHangs: boolean
  calls: Call[]
  /** Calls whose answer is still on its way. */
  slow: { life: Life; answer(): void }[]
  /** Faults so far, to tell whether a stretch of a run was without any. */
  faults: number
  /** Operations under way, and all that ever moved: how a run sees that everything has come to rest. */
  busy: number
  moved: number
  /** Ends a process in the middle of what it does. */
  kill(life: Life): void
}

export const LEASE_MS = 60_000

/** A promise of a process that is no more. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** Waits until everything that needs no new event has come to rest. */
export async function rest(stage: Stage): Promise<void> {
  let quiet = 0
  let seen = -1
  while (quiet < 4) {
    await new Promise((resolve) => setImmediate(resolve))
    quiet = stage.busy === 0 && stage.moved === seen ? quiet + 1 : 0
    seen = stage.moved
  }
}

/** The clock moves; calls that are still open then have lost their lease. */
export function moveClock(stage: Stage, milliseconds: number): void {
  stage.clock.now += milliseconds
  for (const call of stage.calls) if (!call.noted && call.leaseUntil <= stage.clock.now) call.causes.add('lease')
}
