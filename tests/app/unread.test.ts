import { describe, expect, test } from 'vitest'
import { load } from '../../src/store/load.ts'
import { address, outbox, task } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { MINUTE, openApp, type SmallApp } from './small-app.ts'

const CARD = 'Máy lỗi. Gọi 113, 114, 115, 111.'
const LATER_RELEASE = { format: 2, pronoun: 'em', hopes: ['một'] }

const bodyOf = (home: SmallApp, person: string) =>
  home.database.database.prepare('select body, ticket from conversation where contact = ?').get(home.contact(person))

function write(home: SmallApp, person: string, body: string): void {
  home.database.database.prepare('update conversation set body = ? where contact = ?').run(body, home.contact(person))
}

const tasksOf = async (home: SmallApp) => (await allOf(home.database, task)).map(({ reason }) => reason)

/** A conversation in the middle of a question, as a later release would have left it. */
async function fromLater(body: string): Promise<{ home: SmallApp; before: string }> {
  const home = openApp()
  await home.say('an', 'chào')
  await home.settle()
  const { body: before } = bodyOf(home, 'an') as { body: string }
  write(home, 'an', body)
  return { home, before }
}

describe('a conversation that only a later release can read', () => {
  test.each([
    ['a later format', JSON.stringify(LATER_RELEASE)],
    ['a damaged row', '{'],
  ])('(%s) is parked: the words are kept, the person gets the numbers, a task asks', async (_, body) => {
    const { home } = await fromLater(body)
    expect(await home.say('an', 'cho mình', { key: 'once' })).toBe('committed')
    expect(await home.say('an', 'cho mình', { key: 'once' })).toBe('duplicate')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toBe(CARD)
    expect(await home.lines('an')).toContain('you: cho mình')
    expect(await tasksOf(home)).toEqual(['unreadable'])
    expect((bodyOf(home, 'an') as { body: string }).body).toBe(body)
    expect(home.log()).toContain('turn_parked')
  })

  test('goes on where it was once it can be read again', async () => {
    const { home, before } = await fromLater(JSON.stringify(LATER_RELEASE))
    await home.say('an', 'alo')
    await home.settle()
    write(home, 'an', before)
    await home.say('an', 'cho mình')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toBe('Cảm ơn bạn.')
    expect((await load(home.app.store, home.contact('an'))).conversation.seq).toBe(3)
  })

  test('shows a counsellor that the click failed, and holds up neither neighbours nor timers', async () => {
    const home = openApp()
    for (const person of ['an', 'bình']) {
      await home.say(person, 'gặp người')
      await home.staff(person, { type: 'take' })
      await home.say(person, 'chị ơi')
    }
    await home.settle()
    write(home, 'an', JSON.stringify(LATER_RELEASE))
    await expect(home.staff('an', { type: 'reply', text: 'Chị đây.' })).rejects.toThrow()
    for (let i = 0; i < 3; i++) await home.pass(10 * MINUTE)
    expect(home.telegram.texts('bình').at(-1)).toContain('Cán bộ chưa trả lời kịp.')
    expect(await tasksOf(home)).toEqual(['unreadable'])
    expect((bodyOf(home, 'an') as { ticket: string }).ticket).not.toBeNull()
  })

  test('ends a message that cannot be delivered as a task', async () => {
    const { home } = await fromLater('{')
    home.telegram.fates.set('an', { type: 'failed', reason: 'blocked' })
    await home.say('an', 'cho mình')
    await home.settle()
    for (let i = 0; i < 3; i++) await home.pass(MINUTE)
    expect(await tasksOf(home)).toEqual(['unreadable', 'unreadable'])
    expect((await allOf(home.database, outbox)).map(({ state }) => state)).toEqual(['sent', 'failed'])
  })
})

describe('a way to a person that is lost', () => {
  test('ends as a task when it is the address, and their next message brings it back', async () => {
    const home = openApp()
    await home.say('an', 'gặp người')
    await home.settle()
    home.database.database.exec('delete from address')
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.settle()
    for (let i = 0; i < 3; i++) await home.pass(MINUTE)
    expect(new Set(await tasksOf(home))).toEqual(new Set(['failed:gone']))
    expect((await allOf(home.database, outbox)).every(({ state }) => state === 'sent' || state === 'failed')).toBe(true)
    await home.staff('an', { type: 'close' })
    await home.say('an', 'chào')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toContain('Chào bạn.')
  })

  test('ends as a task when it is the key, and their next message is answered', async () => {
    const home = openApp()
    await home.say('an', 'gặp người')
    await home.settle()
    await home.keys.destroy(home.contact('an'), 'all')
    const later = home.restart()
    await later.staff('an', { type: 'take' })
    await later.settle()
    for (let i = 0; i < 3; i++) await later.pass(MINUTE)
    expect(await tasksOf(home)).toEqual(['failed:gone'])
    await later.staff('an', { type: 'hand_back' })
    await later.say('an', 'tôi muốn chết')
    await later.settle()
    expect(home.telegram.texts('an').at(-1)).toContain('Gọi 115 ngay')
    expect(await allOf(home.database, address)).toHaveLength(1)
  })
})
