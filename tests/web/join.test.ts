import { describe, expect, test } from 'vitest'
import { tick } from '../../src/app/tick.ts'
import { openEnrolmentsAt } from '../../src/store/enrolments.ts'
import { channelJoin } from '../../src/store/join-tables.ts'
import { load } from '../../src/store/load.ts'
import { conversation, event, outbox, timer } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const FORM = ['không nói', 'đủ 18', 'ở nhà', 'không', 'không']

/** One person with two chats, both known to the point. */
async function openTwo(): Promise<DeskHouse> {
  const house = openDeskHouse()
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  for (const handle of ['1', '2', '3']) for (const text of ['alo', 'gặp người']) await house.home.say(handle, text)
  await house.settle()
  return house
}
const last = (house: DeskHouse, handle: string) => house.home.telegram.texts(handle).at(-1) ?? ''

async function code(house: DeskHouse, handle = '1'): Promise<string> {
  await house.home.say(handle, 'nối kênh')
  await house.home.say(handle, 'có')
  await house.settle()
  return /DH-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(last(house, handle))![0]
}
/** Both chats of one person said yes. */
async function join(house: DeskHouse): Promise<void> {
  const shown = await code(house)
  for (const text of [shown, 'nối']) await house.home.say('2', text)
  await heard(house)
  for (const text of ['nối kênh', 'đúng']) await house.home.say('1', text)
  await house.settle()
}
const stateOf = async (house: DeskHouse, handle: string) =>
  (await load(house.home.app.store, house.home.contact(handle))).conversation
/** Which of these chats stand to a yes to being joined. */
async function agreeing(house: DeskHouse): Promise<readonly string[]> {
  const found: string[] = []
  for (const handle of ['1', '2', '3'])
    if ((await stateOf(house, handle)).consents?.join || (await stateOf(house, handle)).joined) found.push(handle)
  return found
}
/** The turn of the other chat runs with a tick. */
async function heard(house: DeskHouse): Promise<void> {
  await house.settle()
  await tick(house.home.app)
  await house.settle()
}

describe('two chats of one person', () => {
  test('are joined only when the code was confirmed in both; then one page shows both', async () => {
    const house = await openTwo()
    const shown = await code(house)
    await house.home.say('2', shown)
    await house.home.say('2', 'nối')
    await heard(house)
    expect(last(house, '2')).toContain('Còn một bước')
    expect(await allOf(house.home.app.store, channelJoin)).toEqual([])
    expect(last(house, '1')).toContain('vừa được gõ ở một kênh khác')
    await house.home.say('1', 'nối kênh')
    await house.home.say('1', 'đúng')
    await house.settle()
    expect(await allOf(house.home.app.store, channelJoin)).toHaveLength(1)
    const tickets = await openTickets(house.home.app.store)
    const page = await house.as('lan').read(`/desk/nguoi?cuoc=${encodeURIComponent(tickets[0]!.id)}`)
    expect(page.text).toContain('2 kênh, hồ sơ của một người')
    await house.home.say('2', shown)
    await house.settle()
    expect(last(house, '2')).toContain('không tìm thấy mã này')
  })

  test('are joined by a code that is shown once and kept sealed: no event, message or state holds it in the clear', async () => {
    const house = await openTwo()
    const shown = await code(house)
    const { store } = house.home.app
    const kept = [await allOf(store, event), await allOf(store, outbox), await allOf(store, conversation)]
    for (const part of [shown, shown.slice(3), shown.slice(-4)]) expect(JSON.stringify(kept)).not.toContain(part)
  })

  test('are not joined by who only saw the code: the chat it belongs to says no', async () => {
    const house = await openTwo()
    const shown = await code(house)
    await house.home.say('3', shown)
    await house.home.say('3', 'nối')
    await heard(house)
    await house.home.say('1', 'nối kênh')
    await house.home.say('1', 'không phải mình')
    await house.settle()
    expect(last(house, '1')).toContain('Không có gì được nối')
    expect(await allOf(house.home.app.store, channelJoin)).toEqual([])
  })

  test('are not joined after a quarter of an hour, nor by a chat with itself', async () => {
    const house = await openTwo()
    const shown = await code(house)
    await house.home.say('1', shown)
    await house.settle()
    expect(last(house, '1')).toContain('để gõ ở **kênh kia**')
    await house.home.say('2', shown)
    await house.home.say('2', 'nối')
    await heard(house)
    house.home.clock.now += 16 * 60_000
    await house.home.say('1', 'nối kênh')
    await house.settle()
    expect(last(house, '1')).toContain('Bạn có muốn lấy mã không')
    await house.home.say('3', shown)
    await house.settle()
    expect(last(house, '3')).toContain('hết hạn')
  })

  test('are not joined with a chat that was erased before the second yes, and nothing of it waits', async () => {
    for (const late of [false, true]) {
      const house = await openTwo()
      const shown = await code(house)
      await house.home.say('2', shown)
      await house.home.say('2', 'nối')
      if (late) await heard(house)
      for (const text of ['xoá', 'có']) await house.home.say('2', text)
      const gone = house.home.contact('2')
      const waiting = await allOf(house.home.app.store, timer)
      expect(waiting.filter(({ id }) => id.includes(gone))).toEqual([])
      await heard(house)
      for (const text of ['nối kênh', 'đúng']) await house.home.say('1', text)
      await house.home.say('2', 'alo')
      await house.settle()
      expect(await allOf(house.home.app.store, channelJoin)).toEqual([])
      expect(house.home.telegram.texts('1').join()).not.toContain('Đã nối')
      expect(await agreeing(house)).toEqual([])
    }
  })

  test.each([
    ['this chat', '1', ['tách kênh', 'tách']],
    ['the other', '2', ['tách kênh', 'tách']],
    ['an erasure', '2', ['xoá', 'có']],
  ])('once parted by %s, both stand to no yes, and the other is told nothing', async (_, by, end) => {
    const house = await openTwo()
    await join(house)
    expect(await agreeing(house)).toEqual(['1', '2'])
    const other = by === '1' ? '2' : '1'
    const before = house.home.telegram.texts(other).length
    for (const text of end) await house.home.say(by, text)
    await heard(house)
    expect(await agreeing(house)).toEqual([])
    expect(house.home.telegram.texts(other)).toHaveLength(before)
    expect(await allOf(house.home.app.store, timer)).not.toContainEqual(expect.objectContaining({ kind: 'join' }))
  })

  test('stay with their yes where only one of three parts', async () => {
    const house = await openTwo()
    await join(house)
    const shown = await code(house)
    for (const text of [shown, 'nối']) await house.home.say('3', text)
    await heard(house)
    for (const text of ['nối kênh', 'đúng']) await house.home.say('1', text)
    await house.home.say('2', 'tách kênh')
    await house.home.say('2', 'tách')
    await heard(house)
    expect(await agreeing(house)).toEqual(['1', '3'])
  })

  test('stay with their yes when another code they typed meanwhile lapses', async () => {
    const house = await openTwo()
    const first = await code(house)
    for (const text of [first, 'nối']) await house.home.say('2', text)
    const second = await code(house, '2')
    for (const text of [second, 'nối']) await house.home.say('3', text)
    await heard(house)
    for (const text of ['nối kênh', 'đúng']) await house.home.say('2', text)
    house.home.clock.now += 31 * 60_000
    await heard(house)
    expect(await agreeing(house)).toEqual(['2', '3'])
  })

  test('show each point only what its own chat holds of no point', async () => {
    const house = await openTwo()
    for (const [handle, point] of [
      ['1', 'Điểm MẪU Mai'],
      ['2', 'Điểm MẪU Đào'],
    ] as const)
      for (const text of ['đăng ký', 'cho mình', 'tiếp', 'đồng ý', 'Nam', ...FORM, point, 'gửi', 'không', 'để sau'])
        await house.home.say(handle, text)
    for (const text of ['nhìn lại tháng', 'có']) await house.home.say('2', text)
    await join(house)
    const page = async (staff: string, point: string) => {
      const [row] = await openEnrolmentsAt(house.home.app.store, { points: [point] })
      return (await house.as(staff).read(`/desk/nguoi?yc=${encodeURIComponent(row!.id)}`)).text
    }
    const [near, far] = [await page('mo', 'dao'), await page('lan', 'mai')]
    for (const text of [near, far]) expect(text).toContain('2 kênh, hồ sơ của một người')
    expect(near).toContain('Nhìn lại mỗi tháng')
    expect(far).not.toContain('Nhìn lại mỗi tháng')
    expect(far.match(/Đồng ý: Giữ và dùng/g)).toHaveLength(1)
  })

  test('that said no, or nothing, leave no yes with whoever typed the code', async () => {
    for (const answer of [['nối kênh', 'không phải mình'], []]) {
      const house = await openTwo()
      const shown = await code(house)
      for (const text of [shown, 'nối']) await house.home.say('3', text)
      await heard(house)
      expect(await agreeing(house)).toEqual(['3'])
      for (const text of answer) await house.home.say('1', text)
      if (answer.length === 0) house.home.clock.now += 31 * 60_000
      const before = house.home.telegram.texts('3').length
      await heard(house)
      expect(await agreeing(house)).toEqual([])
      expect(house.home.telegram.texts('3')).toHaveLength(before)
    }
  })

  test('are parted by a word, and by an erasure of either', async () => {
    for (const end of [
      ['tách kênh', 'tách'],
      ['xoá', 'có'],
    ]) {
      const house = await openTwo()
      const shown = await code(house)
      await house.home.say('2', shown)
      await house.home.say('2', 'nối')
      await heard(house)
      await house.home.say('1', 'nối kênh')
      await house.home.say('1', 'đúng')
      await house.settle()
      for (const text of end) await house.home.say('2', text)
      await house.settle()
      expect(await allOf(house.home.app.store, channelJoin)).toEqual([])
      // The other chat keeps what it is.
      await house.home.say('1', 'alo')
      await house.settle()
      expect((await openTickets(house.home.app.store)).length).toBeGreaterThan(0)
    }
  })
})
