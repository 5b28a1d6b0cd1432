import { describe, expect, test } from 'vitest'
import { Rehearsal } from '../../src/authoring/rehearsal.ts'
import { isLesson } from '../../src/engine/courses/course.ts'
import { shelvesOf } from '../../src/engine/shelves.ts'
import { book, directory } from './converse.ts'

const SHELVES = Object.entries(book.flow('hoc')!.nodes).flatMap(([id, node]) =>
  node.type === 'ask' && node.from?.list === 'subjects' ? [[id, node.from.audience] as const] : [],
)

/** Stands before the subjects of a shelf. */
function shelf(id: string): Rehearsal {
  const one = new Rehearsal(book, directory)
  one.step({ type: 'at', day: '2026-11-25', time: '09:00' })
  for (const text of ['alo', '3', '1']) one.step({ type: 'text', text })
  press(one, id)
  return one
}
const options = (one: Rehearsal) => one.state.session!.options.map((option) => option.id)
const press = (one: Rehearsal, id: string) => one.step({ type: 'press', position: options(one).indexOf(id) + 1 })

describe('shelves', () => {
  test.each(SHELVES)('every topic can be pressed, each under one subject, a page at a time: %s', (id, audience) => {
    const topics = book.topics.filter(
      (topic) => !isLesson(book, topic) && (audience === null || topic.audiences.includes(audience)),
    )
    const seen: string[] = []
    for (const subject of options(shelf(id)).slice(0, -1)) {
      const one = shelf(id)
      press(one, subject)
      const page = () => options(one).filter((each) => topics.some((topic) => topic.id === each))
      const first = page()
      seen.push(...first)
      if (!options(one).includes('tiep')) continue
      for (let more = 0; more < 20; more++) {
        one.step({ type: 'text', text: 'xem thêm' })
        if (page().join() === first.join()) break
        seen.push(...page())
      }
      expect(page()).toEqual(first)
    }
    expect(seen.toSorted()).toEqual(topics.map((topic) => topic.id).toSorted())
  })

  test.each(SHELVES)(
    'most topics are two presses away, and a question never has more than nine choices: %s',
    (id, audience) => {
      expect(options(shelf(id)).length).toBeLessThanOrEqual(9)
      const shelves = shelvesOf(book, audience, options(shelf(id)).length - 1)
      const all = shelves.flatMap(({ topics }) => topics).length
      const near = shelves.flatMap(({ topics }) => topics.slice(0, 7)).length
      expect(near / all).toBeGreaterThanOrEqual(0.9)
    },
  )

  test('the pressed topic of a later page is the one that is read', () => {
    const one = shelf('nguoi-su-dung')
    press(one, 'luat')
    one.step({ type: 'text', text: 'xem thêm' })
    const [wanted] = options(one)
    one.step({ type: 'press', position: 1 })
    expect(one.state.answers.topic).toEqual({ type: 'code', value: wanted })
  })

  test('where all topics of a subject stand there is nothing more to press', () => {
    const one = shelf('moi-nguoi')
    press(one, 'xom')
    expect(options(one)).toEqual(['xom-minh-co-nguoi-dung', 'xom-thay-bom-kim-tiem', 'xom-bao-tin-dung-cho', 'muc'])
  })

  test('a topic without a place stands under the subject of its tag, else with the rest', () => {
    const topic = (id: string, tags: readonly string[]) => ({ ...book.topics[0]!, id, tags, audiences: ['x'] })
    const small = { ...book, topics: [topic('a', []), topic('b', ['hiv']), topic('xom-minh-co-nguoi-dung', [])] }
    const found = (most?: number) =>
      shelvesOf(small, 'x', most).map(({ subject, topics }) => [subject.id, topics.map(({ id }) => id)])
    expect(found()).toEqual([
      ['hiv', ['b']],
      ['xom', ['xom-minh-co-nguoi-dung']],
      ['bai-khac', ['a']],
    ])
    expect(found(2)).toEqual([
      ['hiv', ['b']],
      ['bai-khac', ['xom-minh-co-nguoi-dung', 'a']],
    ])
  })
})
