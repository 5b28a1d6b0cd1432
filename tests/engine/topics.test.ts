import { describe, expect, test } from 'vitest'
import { Rehearsal } from '../../src/authoring/rehearsal.ts'
import type { Book, Topic } from '../../src/engine/book.ts'
import { citation, doubtOf, drafts, withoutTopics } from '../../src/engine/topic.ts'
import { book, directory } from './converse.ts'

const change = (id: string, to: Partial<Topic>): Book => ({
  ...book,
  topics: book.topics.map((topic) => (topic.id === id ? { ...topic, ...to } : topic)),
})

/** The keys of what is said to somebody who asks for this topic by its title on this day. */
function asked(id: string, day: string, its = book): readonly string[] {
  const { title } = book.topics.find((topic) => topic.id === id)!
  const one = new Rehearsal(its, directory)
  one.step({ type: 'at', day, time: '09:00' })
  one.step({ type: 'text', text: 'alo' })
  const events = one.step({ type: 'text', text: title })
  return events.flatMap((event) => (event.type === 'message_queued' ? event.message.blocks.map(({ key }) => key) : []))
}

const LAW = 'xet-theo-luat-muc-phat'
const HEALTH = 'y-te-pep-72-gio'
const signed = { status: 'reviewed', reviewed: { role: 'lawyer', on: '2026-11-30' }, reviewBy: '2027-02-28' } as const

describe('the first line of a text about law or health', () => {
  test.each([
    [LAW, 'legal'],
    [HEALTH, 'clinical'],
  ])('says that nobody of the profession has signed it: %s', (id, level) => {
    const keys = asked(id, '2026-12-01')
    const at = keys.indexOf(`topic.${id}.card`)
    expect(keys[at - 1]).toBe(`he-thong.chu-de-chua-ky.${level}`)
    expect(keys[at + 1]).toBe('he-thong.chu-de-tinh-den')
  })

  test('says so once its day to be looked at again has passed, and not on that day', () => {
    const its = change(LAW, signed)
    expect(asked(LAW, '2027-02-28', its)).not.toContain('he-thong.chu-de-qua-han')
    const keys = asked(LAW, '2027-03-01', its)
    expect(keys[keys.indexOf(`topic.${LAW}.card`) - 1]).toBe('he-thong.chu-de-qua-han')
  })

  test('says that a law it rests on has ended, from the day after, until it is checked again', () => {
    const endings = { 'luat-120-2025': '2027-01-31' }
    const topic = book.topics.find(({ id }) => id === LAW)!
    const said = (day: string, asOf: string) => doubtOf(book, { ...topic, ...signed, asOf }, day, endings)?.key
    expect(said('2027-01-31', '2026-11-28')).toBeUndefined()
    expect(said('2027-02-01', '2026-11-28')).toBe('he-thong.chu-de-luat-doi')
    expect(said('2027-02-01', '2027-02-01')).toBeUndefined()
  })

  test('offers a person', () => {
    for (const key of ['chu-de-chua-ky.legal', 'chu-de-chua-ky.clinical', 'chu-de-qua-han', 'chu-de-luat-doi'])
      expect(book.words(`he-thong.${key}`, 'vi')?.join(' ')).toContain('gặp người')
  })

  test('of a text of safety is what to do, signed or not', () => {
    for (const topic of book.topics.filter(({ level }) => level === 'safety'))
      expect(doubtOf(book, topic, '2099-01-01')).toBeNull()
    expect(asked('qua-lieu', '2026-12-01')[0]).toBe('topic.qua-lieu.card')
  })
})

test('a source is named with the articles that are rested on', () => {
  const topic = { ...book.topics[0]!, sources: ['luat-120-2025'], articles: { 'luat-120-2025': 'Điều 24' } }
  expect(citation(book, topic, 'luat-120-2025')).toBe('Luật Phòng, chống ma túy số 120/2025/QH15, Điều 24')
})

describe('where drafts are hidden', () => {
  const shown = (its: Book) => withoutTopics(its, drafts(its))

  test('only what is signed, and what saves a life, can be found or chosen', () => {
    const left = shown(change(LAW, signed))
    const ids = left.topics.map((topic) => topic.id)
    expect(ids).toContain(LAW)
    expect(ids).toContain('qua-lieu')
    expect(ids).not.toContain(HEALTH)
    const led = Object.values(left.intents ?? {}).flatMap(({ to }) => to)
    expect(led.filter((id) => !ids.includes(id) && !left.flow(id))).toEqual([])
  })

  test('who asks for a hidden text is answered all the same', () => {
    const keys = asked(HEALTH, '2026-12-01', shown(book))
    expect(keys).not.toEqual([])
    expect(keys).not.toContain(`topic.${HEALTH}.card`)
  })
})
