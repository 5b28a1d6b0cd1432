import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readQuestions, scoreQuestions } from '../../src/authoring/question-score.ts'
import { retrieve } from '../../src/engine/retrieve.ts'
import { book } from './converse.ts'

const file = (name: string) => readQuestions(readFileSync(new URL(name, import.meta.url), 'utf8'))

/** The bounds are the figures of the day, a little loose: who makes them better lowers them. */
describe('free text finds the library', () => {
  test('on questions that were looked at while it was made', () => {
    const { first, amongThree, wrongSureRate, shownForNothing } = scoreQuestions(book, file('questions.tsv'))
    expect(first).toBeGreaterThanOrEqual(0.82)
    expect(amongThree).toBeGreaterThanOrEqual(0.91)
    expect(wrongSureRate).toBeLessThanOrEqual(0.02)
    expect(shownForNothing).toBeLessThanOrEqual(0.2)
  })

  test('on questions written afterwards, by which nothing was chosen: those figures are the honest ones', () => {
    const { first, amongThree, wrongSureRate, shownForNothing } = scoreQuestions(book, file('questions-fresh.tsv'))
    expect(first).toBeGreaterThanOrEqual(0.5)
    expect(amongThree).toBeGreaterThanOrEqual(0.6)
    expect(wrongSureRate).toBeLessThanOrEqual(0.02)
    expect(shownForNothing).toBeLessThanOrEqual(0.1)
  })

  test('the questions lead to topics and flows that exist', () => {
    const leads = [...file('questions.tsv'), ...file('questions-fresh.tsv')].flatMap((one) => one.leads)
    const known = (id: string) => book.flow(id) !== undefined || book.topics.some((topic) => topic.id === id)
    expect(leads.filter((id) => !known(id))).toEqual([])
  })

  test.each([
    'thuốc an thần uống tới khi nào',
    'đưa con đi kiểm tra ở đâu',
    'máy mà nói chuyện như người',
    'đi một lần cho biết thôi',
    'nghe tiếng anh mỗi ngày',
  ])('"%s" has words of a topic, which alone are not enough to open it', (text) =>
    expect(retrieve(book, text).sure).toBeNull(),
  )
})
