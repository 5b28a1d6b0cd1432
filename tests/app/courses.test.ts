import { describe, expect, test } from 'vitest'
import { releaseLeases, tick, tidy } from '../../src/app/tick.ts'
import type { ChannelName } from '../../src/channels/channel.ts'
import { readDialogue } from '../../src/store/dialogue.ts'
import { load } from '../../src/store/load.ts'
import * as schema from '../../src/store/schema.ts'
import { book, directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'

const HOUR = 60 * MINUTE
/** Monday 30/11/2026, 09:00 in Vietnam. */
const START = Date.UTC(2026, 10, 30, 2, 0)
/** Tuesday, 08:00: the first lesson after the first is told of. */
const DUE = Date.UTC(2026, 11, 1, 1, 0)
const NOTICE = 'Có một bài ngắn đang đợi bạn'
const CARD = 'Cơn thèm giống con sóng'

function openHouse(): SmallApp {
  const home = openApp()
  home.book.now = book
  home.app.directory = () => directory
  home.clock.now = START
  return home
}

/** Somebody who read the first lesson of a course, and is told of the next each day at eight. */
async function reading(channel: ChannelName = 'telegram'): Promise<SmallApp> {
  const home = openHouse()
  for (const text of ['chào', 'khoá học', '1', '1', 'sáng', 'đọc cả bài', 'hẹn lần sau']) await say(home, text, channel)
  return home
}

async function say(home: SmallApp, text: string, channel: ChannelName = 'telegram'): Promise<void> {
  await home.say('an', text, { channel, bot: channel === 'webchat' ? 'web' : channel })
  await home.settle()
}

const told = (home: SmallApp) => home.telegram.texts('an').filter((text) => text.includes(NOTICE)).length
async function at(home: SmallApp, now: number): Promise<void> {
  home.clock.now = now
  await home.pass(0)
}
const courseOf = async (home: SmallApp) => (await load(home.app.store, home.contact('an'))).conversation.course

describe('a lesson that is due', () => {
  test('comes once at its hour, gives nothing away, and its text only after a word', async () => {
    const home = await reading()
    await at(home, DUE - MINUTE)
    expect(told(home)).toBe(0)
    await at(home, DUE)
    expect(told(home)).toBe(1)
    const notice = home.telegram.texts('an').at(-1)!
    expect(notice).not.toContain(CARD)
    expect(notice).not.toContain('Giữ nhịp')
    await say(home, '1')
    expect(home.telegram.texts('an').at(-1)).toContain(CARD)
    await home.pass(HOUR)
    expect(told(home)).toBe(1)
  })

  test('comes once when ticks overlap, and when a second process ticks too', async () => {
    const home = await reading()
    const second = home.restart()
    home.clock.now = DUE + MINUTE
    await Promise.all([tick(home.app), tick(home.app), tick(second.app), tick(second.app)])
    await Promise.all([home.pass(0), second.pass(0)])
    expect(told(home)).toBe(1)
    expect((await courseOf(home))?.told).toBe(1)
  })

  test('comes once although the process died between sending and marking, and nobody is asked to look into it', async () => {
    const home = await reading()
    home.telegram.next = ['lost']
    home.clock.now = DUE
    await tick(home.app)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const later = home.restart()
    await later.pass(2 * MINUTE)
    await releaseLeases(later.app, Number.MAX_SAFE_INTEGER)
    await later.pass(HOUR)
    expect(home.telegram.calls.filter(({ part }) => part.paragraphs.join(' ').includes(NOTICE))).toHaveLength(1)
    expect((await allOf(home.database, schema.outbox)).filter(({ state }) => state === 'uncertain')).toHaveLength(1)
    expect(await allOf(home.database, schema.task)).toEqual([])
    await say(later, 'học tiếp')
    expect(home.telegram.texts('an').at(-1)).toContain(CARD)
  })

  test('waits for the day after a night’s outage, and while a talk with a human is open', async () => {
    const home = await reading()
    await at(home, DUE + 15 * HOUR)
    expect(told(home)).toBe(0)
    await at(home, DUE + 23 * HOUR)
    expect(told(home)).toBe(1)
    const other = await reading()
    await say(other, 'gặp người')
    await at(other, DUE + HOUR)
    expect(told(other)).toBe(0)
    await other.staff('an', { type: 'take' })
    await other.staff('an', { type: 'close' })
    await say(other, 'thoát')
    await at(other, DUE + 3 * HOUR)
    expect(told(other)).toBe(1)
  })

  test('that was queued is dropped by “dừng”, and by rest', async () => {
    for (const word of ['dừng', 'nghỉ học']) {
      const home = await reading()
      await say(home, 'gặp người')
      await at(home, DUE + MINUTE)
      expect((await allOf(home.database, schema.outbox)).filter(({ state }) => state === 'queued')).toHaveLength(1)
      await say(home, word)
      await home.staff('an', { type: 'close' })
      for (let hour = 0; hour < 80; hour++) await home.pass(HOUR)
      expect([word, told(home)]).toEqual([word, 0])
    }
  })

  test('waits in the web chat, which cannot push, until its reader comes back', async () => {
    const home = await reading('webchat')
    await at(home, DUE + 5 * HOUR)
    const lines = await home.lines('an', 'webchat')
    expect(lines.at(-1)).toContain(NOTICE)
    await say(home, '1', 'webchat')
    expect((await home.lines('an', 'webchat')).at(-1)).toContain(CARD)
  })
})

describe('a course', () => {
  test('is no line that staff read, and what else was said stays one', async () => {
    const home = await reading()
    await say(home, 'hôm nay em hơi buồn vì trời mưa hoài, cả buổi ngồi đan rổ với mẹ em ngoài hiên')
    await at(home, DUE)
    await say(home, '1')
    await say(home, 'gặp người')
    const { lines } = await readDialogue(home.app.store, home.app.vault, home.contact('an'))
    const text = lines.map((line) => line.text).join('\n')
    expect(text).toContain('hơi buồn')
    for (const hidden of ['khoá', NOTICE, CARD, 'Giữ nhịp', 'hẹn lần sau']) expect(text).not.toContain(hidden)
    expect((await home.lines('an')).join('\n')).toContain(CARD)
  })

  test('leaves nothing after “xoá” but one more in a count: no timer, no event, no line, no place', async () => {
    const home = await reading()
    await at(home, DUE)
    const everything = async () =>
      JSON.stringify(await Promise.all(Object.values(schema).map((table) => allOf(home.database, table))))
    const before = await everything()
    for (const trace of ['course_started', 'giu-nhip-2-con-song', `bai-hoc:${home.contact('an')}`])
      expect(before).toContain(trace)
    await say(home, 'xoá')
    await say(home, 'có')
    for (let day = 0; day < 10; day++) await home.pass(DAY)
    const after = await everything()
    for (const trace of ['giu-nhip', 'course_', 'lesson', 'bai-hoc', home.contact('an')])
      expect(after).not.toContain(trace)
    expect(told(home)).toBe(1)
  })

  test('does not outlive the age of texts', async () => {
    const home = await reading()
    home.app.settings.retentionDays = 180
    for (let day = 0; day < 200; day++) {
      await tidy(home.app)
      await home.pass(DAY)
    }
    expect(await allOf(home.database, schema.timer)).toEqual([])
    expect(await courseOf(home)).toBeFalsy()
    expect(told(home)).toBe(2)
  })

  test('stays with the chat it was begun in', async () => {
    const home = await reading()
    await say(home, 'học tiếp', 'zalo')
    expect(home.zalo.texts('an').at(-1)).toContain('chưa đọc khoá nào')
  })
})
