import type { Query } from '../../src/store/query.ts'
import type { Store } from '../../src/store/store.ts'
import { type Life, never, type Row, type Stage } from './stage.ts'

/** `late`: the caller was told of a failure, and the batch lands afterwards. */
type Fault = 'before' | 'after' | 'late'

/**
 * A store that fails on purpose: before a batch, after it, or with a fate that nobody knows. `claimed` remembers which
 * row a sealed handle came with, so that the platform can tell whose call it got.
 */
export function faultyStore(store: Store, life: Life, stage: Stage, claimed: WeakMap<Uint8Array, Row>): Store {
  const operate = async <T>(
    work: () => Promise<T>,
    writes: readonly Query[],
    choices: readonly Fault[],
  ): Promise<T> => {
    if (life.over) return never()
    const fault = stage.random.chance(stage.storeFaults) ? stage.random.pick(choices) : null
    stage.moved += 1
    stage.busy += 1
    let result: T | undefined
    let failed: unknown = null
    try {
      if (fault === 'late') void land(work)
      else if (fault !== 'before') result = await work()
    } catch (error) {
      failed = error
    } finally {
      stage.busy -= 1
      stage.moved += 1
    }
    const wasNoted = failed === null && (fault === null || fault === 'after')
    if (wasNoted) note(writes)
    if (life.over) return never()
    if (fault !== null) blame()
    if (fault !== null) throw new Error(`a fault on purpose: ${fault}`)
    if (failed !== null) throw failed
    return result as T
  }

  /** The batch was on its way when the connection was lost. */
  const land = async (work: () => Promise<unknown>): Promise<void> => {
    stage.busy += 1
    for (let i = stage.random.below(12); i >= 0; i--) await new Promise((resolve) => setImmediate(resolve))
    await work().catch(() => undefined)
    stage.busy -= 1
    stage.moved += 1
  }

  /** Calls of this process whose fate was just written down. */
  const note = (writes: readonly Query[]): void => {
    for (const { sql, params } of writes) {
      if (!sql.startsWith('update "outbox"')) continue
      for (const call of stage.calls) {
        const { n, fence } = call.row
        const mine = call.by === life && params.some((value, i) => value === n && params[i + 1] === fence)
        // After the lease the fence lets nothing through, which is no failure of the batch.
        if (mine && !call.causes.has('lease')) call.noted = true
      }
    }
  }

  /** What was answered and is not written down yet may now never be. */
  const blame = (): void => {
    stage.faults += 1
    for (const call of stage.calls)
      if (call.by === life && call.answer !== null && !call.noted) call.causes.add('store')
  }

  return {
    async read(query) {
      const rows = await operate(() => store.read(query), [], ['before'])
      for (const row of rows) if (isClaim(row)) claimed.set(row.handle, row)
      return rows
    },
    // A start waits for the release of every lease (`src/service.ts`): it is never told of a failure that lands afterwards.
    returning: (query) =>
      operate(
        () => store.returning(query),
        [],
        query.params.includes(Number.MAX_SAFE_INTEGER) ? ['before', 'after'] : ['before', 'after', 'late'],
      ),
    batch: (writes) => operate(() => store.batch(writes), writes, ['before', 'after', 'late']),
    scrub: () => operate(() => store.scrub(), [], ['before', 'after']),
  }
}

function isClaim(row: unknown): row is Row & { handle: Uint8Array } {
  return typeof row === 'object' && row !== null && 'fence' in row && 'handle' in row && row.handle !== null
}
