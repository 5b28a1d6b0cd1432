import { expect, test } from 'vitest'
import { Rehearsal } from '../../src/authoring/rehearsal.ts'
import { isLesson } from '../../src/engine/courses/course.ts'
import { book, directory } from './converse.ts'

const SHELVES = Object.entries(book.flow('hoc')!.nodes).flatMap(([id, node]) =>
  node.type === 'ask' && node.from?.list === 'topics' ? [[id, node.from.audience] as const] : [],
)

test.each(SHELVES)(
  'every topic of a shelf can be pressed, a page at a time, and then the first page comes again: %s',
  (id, audience) => {
    const one = new Rehearsal(book, directory)
    one.step({ type: 'at', day: '2026-11-25', time: '09:00' })
    for (const text of ['alo', '3', '1']) one.step({ type: 'text', text })
    const position = one.state.session!.options.findIndex((option) => option.id === id) + 1
    one.step({ type: 'press', position })
    const topics = book.topics.filter(
      (topic) => !isLesson(book, topic) && (audience === null || topic.audiences.includes(audience)),
    )
    const page = () =>
      one.state.session!.options.map((option) => option.id).filter((each) => topics.some((t) => t.id === each))
    const first = page()
    const seen = [...first]
    for (let more = 0; seen.length < topics.length && more < 20; more++) {
      one.step({ type: 'text', text: 'xem thêm' })
      seen.push(...page())
    }
    expect(seen).toEqual(topics.map((topic) => topic.id))
    one.step({ type: 'text', text: 'xem thêm' })
    expect(page()).toEqual(first)
  },
)

test('the pressed topic of a later page is the one that is read', () => {
  const one = new Rehearsal(book, directory)
  one.step({ type: 'at', day: '2026-11-25', time: '09:00' })
  for (const text of ['alo', '3', '1', '2', 'xem thêm']) one.step({ type: 'text', text })
  const [wanted] = one.state.session!.options
  one.step({ type: 'press', position: 1 })
  expect(one.state.answers.topic).toEqual({ type: 'code', value: wanted!.id })
})
