import { describe, expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { printProblem } from '../../src/authoring/problem.ts'
import { bookFiles, CONTACTS, problemsOf } from './good-book.ts'
import { CASES, chao, contact, replies, topic, words } from './problem-cases.ts'

describe('reports', () => {
  test.each(CASES)('%s', (_promise, changes, where, says, level = undefined) => {
    const problems = problemsOf(changes)
    const found = problems.find((problem) => problem.message.includes(says) && problem.file.startsWith(where))
    expect(found, problems.map(printProblem).join('\n')).toBeDefined()
    expect(found?.level).toBe(level ?? 'error')
  })
})

describe('does not cry wolf', () => {
  test.each<[string, Readonly<Record<string, string | null>>]>([
    [
      'at a choice that means the same as the verb',
      words('- nguoi-than: Cho người thân', '- nguoi-than: Cho người thân | người thân'),
    ],
    [
      'at words beside their legal context',
      {
        'content/stigma.yaml': '- { avoid: [bí mật tuyệt đối], why: không hứa được, unless: [không thể hứa] }\n',
        ...words('Chọn một bài:', 'Mình không thể hứa giữ bí mật tuyệt đối.'),
      },
    ],
    [
      'at what the settings of the service fill in',
      words('Chào {bạn}', '{operator} ({operator_type}), {readers} đọc, giữ {retention_days} ngày. Chào {bạn}'),
    ],
    ['at an emergency number in a reply', replies('Chào bạn.', 'Gọi 115 hoặc 113.')],
    ['at an example of a number', words('Chọn một bài:', 'Chọn một bài, ví dụ gõ 0912 345 678.')],
    [
      'at a hidden number that nobody verified',
      {
        'content/contacts.yaml': `${CONTACTS}so: { number: "0900 000 000", name: Số, hours: always, confidence: unsure, shown: false }\n`,
      },
    ],
    ['at a comment for other authors', words('Chọn một bài:', 'Chọn một bài:\n<!-- con nghiện: đã hỏi bác sĩ -->')],
  ])('%s', (_promise, changes) => {
    expect(problemsOf(changes).map(printProblem)).toEqual([])
  })
})

test('all mistakes of all files are reported at once', () => {
  const changes = {
    ...chao('title:', 'tile:'),
    ...topic('title: Nói', 'titel: Nói'),
    ...contact('shwn: 1'),
    'content/vi/chua-hieu.md': 'Lạc.\n',
  }
  const result = load(bookFiles(changes))
  const files = 'problems' in result ? new Set(result.problems.map((problem) => problem.file)) : new Set()
  for (const file of Object.keys(changes)) expect(files).toContain(file)
})

test('a problem names the line and the place', () => {
  const [problem] = problemsOf(chao('next: ai }', 'next: aii }'))
  expect(printProblem(problem!)).toBe(
    'flows/chao/flow.yaml: nodes.chao.next (dòng 5): Không có nút “aii” trong luồng này.',
  )
})

test('nothing but a date that passed is left to the calendar: the errors are the same on any day', () => {
  const changes = { ...chao('next: ai }', 'next: aii }') }
  const errors = (today: string) => problemsOf(changes, today).filter(({ level }) => level === 'error')
  expect(errors('2099-01-01')).toEqual(errors('2026-11-21'))
})
