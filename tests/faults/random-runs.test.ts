import { afterAll, test } from 'vitest'
import { manyRuns } from './many-runs.ts'
import { sqliteGrounds } from './sqlite-ground.ts'

const grounds = sqliteGrounds()
afterAll(() => grounds.close())

test('whatever fails, each message is one turn, nothing acknowledged is lost, and only doubts are repeated', async () => {
  await manyRuns(grounds.open, 200, 60)
}, 300_000)
