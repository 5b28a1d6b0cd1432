import { describe, expect, test } from 'vitest'
import { GENEROUS } from '../../src/app/limits.ts'
import { tick } from '../../src/app/tick.ts'
import { load } from '../../src/store/load.ts'
import { MINUTE } from './small-app.ts'
import { memberOf, openPhones, type Phones } from './staff-phones.ts'

const TOLD = 'Đang chuyển cho người khác.'
const holder = async (home: Phones, person: string) =>
  (await load(home.app.store, home.contact(person))).conversation.ticket?.heldBy
const timesTold = (home: Phones, person: string) =>
  home.telegram.texts(person).filter((text) => text.includes(TOLD)).length

/** Lan answered everybody, so that nobody's message waits. */
async function held(people: readonly string[]): Promise<Phones> {
  const home = openPhones(['lan', 'mai'])
  await home.link('mai')
  for (const person of people) {
    await home.say(person, 'gặp người')
    await home.staff(person, { type: 'reply', text: 'Chị đây.' })
  }
  await home.settle()
  return home
}

describe('whoever is held by a counsellor who leaves', () => {
  test.each([
    ['because their account ended', { active: false }],
    ['because they came to belong to the police', { affiliation: 'cong_an' as const }],
  ])('is told and given to others at once, %s, without having to write again', async (_, change) => {
    const home = await held(['an', 'bình'])
    await home.pass(MINUTE)
    const alerts = home.telegram.texts('mai').length
    home.members[0] = memberOf('lan', change)
    await home.pass(1_000)
    await home.pass(1_000)
    for (const person of ['an', 'bình']) {
      expect(await holder(home, person)).toBe(null)
      expect(timesTold(home, person)).toBe(1)
    }
    expect(home.telegram.texts('mai').length).toBe(alerts + 2)
  })

  test('stays with one who changed in another way', async () => {
    const home = await held(['an'])
    home.members[0] = memberOf('lan', { affiliation: 'doan_the', shownAs: 'Lan' })
    await home.pass(MINUTE)
    expect(await holder(home, 'an')).toBe('lan')
    expect(timesTold(home, 'an')).toBe(0)
  })

  test('is told once when two ticks overlap, and after a crash by the next start', async () => {
    const home = await held(['an'])
    home.members[0] = memberOf('lan', { active: false })
    const next = home.again()
    await Promise.all([tick(next.app), tick(next.app), tick(home.app)])
    await next.settle()
    await home.settle()
    expect(timesTold(home, 'an')).toBe(1)
    expect(await holder(home, 'an')).toBe(null)
  })

  test('is not forgotten when there are more than one tick may take on', async () => {
    const people = ['an', 'bình', 'chi']
    const home = await held(people)
    home.members[0] = memberOf('lan', { active: false })
    const directory = home.app.directory()
    home.app.directory = () => directory
    home.app.limits = { ...GENEROUS, holds: 1 }
    for (let n = 0; n < people.length; n++) await home.pass(1_000)
    for (const person of people) expect(await holder(home, person)).toBe(null)
  })
})
