import { Worker } from 'node:worker_threads'
import type { Writer } from './group-commit.ts'

/** What goes to the thread. */
export type Posted =
  | { type: 'group'; statements: readonly string[]; units: readonly PostedUnit[] }
  | { type: 'empty_log' }
  | { type: 'close' }
/** A statement's text goes over once, in `statements`; from then on its number stands for it. */
interface PostedUnit {
  rows: boolean
  queries: readonly (readonly [statement: number, params: readonly unknown[]])[]
}
/** What comes back from a group, one for each of its units. */
export type Answer = { rows: readonly unknown[][] } | { error: string }

/** A write that the database refused. */
class WriteError extends Error {
  override name = 'WriteError'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/**
 * A thread that commits, so that the next turns are decided while the disk syncs the last. A thread that dies ends the
 * process: what was not acknowledged is delivered again, and a supervisor starts the service anew.
 */
export function startWriter(path: string): Writer {
  const worker = new Worker(new URL('writer-thread.ts', import.meta.url), {
    workerData: { path },
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
  })
  const numbers = new Map<string, number>()
  const waiting: ((answers: readonly Answer[]) => void)[] = []
  let closed = false
  worker.on('message', (answers: readonly Answer[]) => waiting.shift()!(answers))
  worker.on('error', (error) => {
    throw error
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  const ask = (posted: Posted): Promise<readonly Answer[]> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new WriteError('closed'))
      waiting.push(resolve)
      worker.postMessage(posted)
    })

  return {
    async commit(units) {
      const statements: string[] = []
      const numberOf = (sql: string): number => {
        const known = numbers.get(sql)
        if (known !== undefined) return known
        statements.push(sql)
        numbers.set(sql, numbers.size)
        return numbers.size - 1
      }
      const posted = units.map(({ rows, queries }) => ({
        rows,
        queries: queries.map(({ sql, params }) => [numberOf(sql), params] as const),
      }))
      const answers = await ask({ type: 'group', statements, units: posted })
      return answers.map((one) => ('error' in one ? { error: new WriteError(one.error) } : one))
    },
    // Between two groups, so that no write of ours stands in its way.
    async emptyLog() {
      await ask({ type: 'empty_log' })
    },
    async close() {
      closed = true
      worker.postMessage({ type: 'close' } satisfies Posted)
      await ended
    },
  }
}
