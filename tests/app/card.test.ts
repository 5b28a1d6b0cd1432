import { expect, test } from 'vitest'
import { MINUTE, openApp, type SmallApp } from './small-app.ts'

async function answered(): Promise<SmallApp> {
  const home = openApp()
  await home.say('an', 'gặp người')
  await home.staff('an', { type: 'reply', text: 'Chị đây.' })
  await home.settle()
  return home
}

const cards = (home: SmallApp) => home.telegram.texts('an').filter((text) => text.includes('115'))

test('a counsellor who writes within the minute speaks instead of the card', async () => {
  const home = await answered()
  await home.say('an', 'em muốn chết')
  await home.staff('an', { type: 'reply', text: 'Em đang ở đâu?' })
  for (let i = 0; i < 3; i++) await home.pass(MINUTE)
  expect(cards(home)).toEqual([])
  expect(home.telegram.texts('an').at(-1)).toContain('Em đang ở đâu?')
})

test('a minute of silence brings the card', async () => {
  const home = await answered()
  await home.say('an', 'em muốn chết')
  await home.settle()
  expect(cards(home)).toHaveLength(0)
  await home.pass(MINUTE)
  expect(cards(home)).toHaveLength(1)
})
