import { expect, test } from 'vitest'
import { firstStart } from '../../src/app/first-start.ts'
import { readDirectory } from '../../src/store/directory.ts'
import type { Store } from '../../src/store/store.ts'
import { useLink } from '../../src/store/tickets.ts'
import { openApp } from './small-app.ts'

const SAMPLES = { points: [{ id: 'p' }], clubs: [] } as never

test('of several first starts at once one gives a link, and it works', async () => {
  const { app } = openApp()
  const start = () => firstStart(app.store, app.vault, SAMPLES)
  const tokens = await Promise.all([start(), start(), start()])
  const given = tokens.filter((token) => token !== null)
  expect(given).toHaveLength(1)
  expect(await start()).toBeNull()
  expect(await useLink(app.store, app.vault.hashToken(given[0]!))).toBe(true)
})

test('a first start that fails leaves nothing half done, and the next one is the first', async () => {
  const { app } = openApp()
  const broken: Store = { ...app.store, batch: () => Promise.reject(new Error('disk')) }
  await expect(firstStart(broken, app.vault, SAMPLES)).rejects.toThrow('disk')
  expect((await readDirectory(app.store, null))!.points).toEqual([])
  expect(await firstStart(app.store, app.vault, SAMPLES)).not.toBeNull()
  expect((await readDirectory(app.store, null))!.points).toHaveLength(1)
})
