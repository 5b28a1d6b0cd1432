import { afterAll, expect, test } from 'vitest'
import { keepsItsPromises, type Tally } from './random-promises.ts'
import { randomRun } from './random-run.ts'
import { sqliteGrounds } from './sqlite-ground.ts'

/** `FAULT_SEED=n` runs only that one again; `FAULT_RUNS=n` sets how many there are. */
const ONLY = process.env.FAULT_SEED
const RUNS = Number(process.env.FAULT_RUNS ?? 300)
const FIRST = 20_261_121
const STEPS = 60

const grounds = sqliteGrounds()
afterAll(() => grounds.close())

test('whatever fails, each message is one turn, nothing acknowledged is lost, and only doubts are repeated', async () => {
  const seeds = ONLY === undefined ? Array.from({ length: RUNS }, (_, i) => FIRST + i) : [Number(ONLY)]
  const sum: Record<keyof Tally, number> = {
    turns: 0,
    calls: 0,
    repeats: 0,
    kills: 0,
    timeouts: 0,
    reachedTwice: 0,
    tasks: 0,
    receipts: 0,
  }
  for (const seed of seeds) {
    const ground = await grounds.open()
    try {
      const tally = await keepsItsPromises(await randomRun(seed, ground, STEPS))
      for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += tally[name]
    } catch (error) {
      throw new Error(`seed ${seed}: run it again with FAULT_SEED=${seed}\n${(error as Error).message}`, {
        cause: error,
      })
    } finally {
      await ground.close()
    }
  }
  console.log(JSON.stringify({ runs: seeds.length, ...sum }))
  if (ONLY === undefined)
    for (const name of ['repeats', 'kills', 'timeouts', 'tasks'] as const) expect(sum[name]).toBeGreaterThan(RUNS / 4)
})
