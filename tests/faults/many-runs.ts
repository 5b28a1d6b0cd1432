import { expect } from 'vitest'
import { keepsItsPromises, type Tally } from './random-promises.ts'
import { randomRun } from './random-run.ts'
import type { Ground } from './stage.ts'

const FIRST = 20_261_121

/**
 * Random runs on fresh grounds of one kind. `FAULT_SEED=n` runs only that one again; `FAULT_RUNS=n` sets how many there
 * are.
 */
export async function manyRuns(open: () => Promise<Ground>, usually: number, steps: number): Promise<void> {
  const only = process.env.FAULT_SEED
  const runs = Number(process.env.FAULT_RUNS ?? usually)
  const seeds = only === undefined ? Array.from({ length: runs }, (_, i) => FIRST + i) : [Number(only)]
  const sum = new Map<string, number>()
  for (const seed of seeds) {
    const ground = await open()
    try {
      const tally = await keepsItsPromises(await randomRun(seed, ground, steps))
      for (const [name, count] of Object.entries(tally)) sum.set(name, (sum.get(name) ?? 0) + count)
    } catch (error) {
      const again = `seed ${seed}: run it again with FAULT_SEED=${seed}`
      throw new Error(`${again}\n${(error as Error).message}`, { cause: error })
    } finally {
      await ground.close()
    }
  }
  console.log(JSON.stringify({ runs: seeds.length, ...Object.fromEntries(sum) }))
  if (only !== undefined) return
  const faults: readonly (keyof Tally)[] = ['repeats', 'kills', 'timeouts', 'tasks']
  for (const name of faults) expect(sum.get(name), name).toBeGreaterThan(0)
}
