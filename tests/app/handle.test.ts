import { describe, expect, test } from 'vitest'
import { commit } from '../../src/store/commit.ts'
import { load } from '../../src/store/load.ts'
import { address, conversation, event, outbox } from '../../src/store/schema.ts'
import type { Store } from '../../src/store/store.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf, nextTurn } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'
import { brokenBook, smallBook } from './small-book.ts'

const NUMBERS = ['113', '114', '115', '111']

/** The same process, whose store lets another get in before a batch, as often as told. */
function overtaken(home: SmallApp, person: string, times: number): SmallApp {
  let left = times
  const store: Store = {
    ...home.app.store,
    async batch(writes) {
      if (left-- > 0) {
        const before = await load(home.app.store, home.contact(person))
        await commit(home.app.store, home.app.vault, { ...nextTurn(`other${left}`, before), address: before.address })
      }
      return home.app.store.batch(writes)
    },
  }
  return home.with({ store })
}

const seqOf = async (home: SmallApp, person: string) =>
  (await load(home.app.store, home.contact(person))).conversation.seq

describe('a message', () => {
  test('that arrives three times at once and once more later is answered once', async () => {
    const home = openApp()
    const results = await Promise.all([1, 2, 3].map(() => home.say('an', 'chào', { key: 'same' })))
    expect([...results].sort()).toEqual(['committed', 'duplicate', 'duplicate'])
    await home.settle()
    expect(await home.say('an', 'chào', { key: 'same' })).toBe('duplicate')
    await home.settle()
    expect(home.telegram.texts('an')).toEqual(['Chào bạn.\n\nBạn hỏi cho ai?'])
    expect(await home.lines('an')).toHaveLength(2)
  })

  test('keeps its place among thirty of one person that arrive at once', async () => {
    const home = openApp()
    const texts = Array.from({ length: 30 }, (_, i) => `tin thứ ${i}`)
    await Promise.all(texts.map((text) => home.say('an', text)))
    const said = (await home.lines('an')).filter((line) => line.startsWith('you'))
    expect(said).toEqual(texts.map((text) => `you: ${text}`))
    const seqs = new Set((await allOf(home.database, event)).map((row) => row.seq))
    expect([...seqs].sort((a, b) => a - b)).toEqual(texts.map((_, i) => i + 1))
    await home.settle()
    expect(home.telegram.texts('an')).toHaveLength(30)
  })

  test('of another person goes on while one conversation is busy', async () => {
    const home = openApp()
    await Promise.all(['an', 'bình', 'chi', 'dũng'].flatMap((name) => [home.say(name, 'a'), home.say(name, 'b')]))
    for (const name of ['an', 'bình', 'chi', 'dũng']) expect(await seqOf(home, name)).toBe(2)
    expect(home.app.chains.size).toBe(0)
  })

  test('is decided again when another process got in between', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    expect(await overtaken(home, 'an', 2).say('an', 'cho mình')).toBe('committed')
    expect(await seqOf(home, 'an')).toBe(4)
    expect((await load(home.app.store, home.contact('an'))).conversation.answers).toMatchObject({
      who: { value: 'minh' },
    })
  })

  test('is refused after five lost races, and succeeds when the platform delivers it again', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await expect(overtaken(home, 'an', 5).say('an', 'cho mình', { key: 'again' })).rejects.toThrow()
    expect(await home.say('an', 'cho mình', { key: 'again' })).toBe('committed')
  })

  test.each([
    ['from a clock ahead of ours', 1e300],
    ['in seconds instead of milliseconds', 1_795_000_000],
    ['without a time', Number.NaN],
  ])('with a time %s is dated now, so that it is answered now and kept its full time', async (_, at) => {
    const home = openApp()
    await home.say('an', 'chào', { at })
    expect((await load(home.app.store, home.contact('an'))).activeAt).toBe(home.clock.now)
    await home.settle()
    expect(home.telegram.texts('an')).toHaveLength(1)
  })

  test('that waited at the platform for an hour keeps its time', async () => {
    const home = openApp()
    const at = home.clock.now - 60 * MINUTE
    await home.say('an', 'chào', { at })
    expect((await load(home.app.store, home.contact('an'))).activeAt).toBe(at)
  })

  test('reaches a person whose address is unknown although the conversation is not', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    home.database.database.exec('delete from address')
    await home.say('an', 'cho mình')
    await home.settle()
    expect(await allOf(home.database, address)).toHaveLength(1)
    expect(home.telegram.texts('an').at(-1)).toBe('Cảm ơn bạn.')
  })
})

describe('a bug in deciding', () => {
  test('gives the person the emergency numbers and a ticket, keeps the words, and hurts nobody else', async () => {
    const home = openApp()
    home.book.now = brokenBook((key) => key === 'chao.hi')
    await Promise.all([home.say('an', 'giúp với'), home.say('bình', 'gặp người')])
    await home.settle()
    const [card] = home.telegram.texts('an')
    for (const number of NUMBERS) expect(card).toContain(number)
    expect(await home.lines('an')).toEqual(['you: giúp với', `bot: ${card}`])
    expect(home.telegram.texts('bình')).toEqual(['Đã báo cán bộ.'])
    const tickets = await openTickets(home.app.store)
    expect(tickets.map(({ contact, reason }) => [contact, reason])).toEqual([
      [home.contact('an'), 'service_error'],
      [home.contact('bình'), 'person'],
    ])
    expect(home.log()).toContain('turn_parked')
    expect(home.log()).not.toContain('giúp')
  })

  test('that breaks all the words, or loses them, still brings the numbers to everybody', async () => {
    const home = openApp()
    home.book.now = brokenBook(() => true)
    await home.say('an', 'muốn chết')
    await home.settle()
    home.book.now = { ...smallBook, words: () => undefined }
    await home.say('bình', 'chào')
    await home.say('chi', 'dừng')
    await home.settle()
    for (const name of ['an', 'bình', 'chi'])
      for (const number of NUMBERS) expect(home.telegram.texts(name).join()).toContain(number)
    const tickets = await openTickets(home.app.store)
    expect(tickets.map(({ contact }) => contact)).toEqual([home.contact('an'), home.contact('chi')])
    expect((await load(home.app.store, home.contact('chi'))).conversation.stopped).toBe(true)
  })

  test('that loses only the words of the emergency card leaves the built-in card', async () => {
    const home = openApp()
    home.book.now = {
      ...smallBook,
      words: (key) => (key === 'he-thong.khan-cap' ? undefined : smallBook.words(key, 'vi')),
    }
    await home.say('an', 'tôi muốn chết')
    await home.settle()
    for (const number of NUMBERS) expect(home.telegram.texts('an').join()).toContain(number)
    expect(await openTickets(home.app.store)).toMatchObject([{ priority: 'emergency' }])
  })

  test('is over for the person once the book is right again', async () => {
    const home = openApp()
    home.book.now = brokenBook((key) => key === 'chao.hi')
    await home.say('an', 'giúp với')
    home.book.now = smallBook
    await home.say('an', 'gọi lại cho tôi')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toBe('Số nào?')
  })

  test('is shown to the counsellor whose click met it, and takes nothing', async () => {
    const home = openApp()
    await home.say('an', 'gặp người')
    home.book.now = brokenBook((key) => key === 'he-thong.nguoi-da-vao')
    await expect(home.staff('an', { type: 'reply', text: 'chào em' })).rejects.toThrow(TypeError)
    expect(await seqOf(home, 'an')).toBe(1)
  })
})

describe('what comes late', () => {
  test('begins no conversation: a block, the fate of a delivery', async () => {
    const home = openApp()
    await home.say('lạ', '', { event: { type: 'reach', reachable: false } })
    await home.staff('lạ', { type: 'close' })
    expect(await allOf(home.database, conversation)).toEqual([])
    expect(await allOf(home.database, address)).toEqual([])
  })

  test('is noted for somebody we know', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.say('an', '', { event: { type: 'reach', reachable: false } })
    expect(await allOf(home.database, conversation)).toMatchObject([{ reachable: false }])
    await home.say('an', 'cho mình', { at: home.clock.now + DAY })
    expect(await allOf(home.database, conversation)).toMatchObject([{ reachable: true }])
    expect((await allOf(home.database, outbox)).length).toBe(2)
  })
})
