import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { check } from '../../src/authoring/check.ts'
import { CONTENT_RULES } from '../../src/authoring/check-content.ts'
import { checkPromises } from '../../src/authoring/check-promises.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { printProblem } from '../../src/authoring/problem.ts'
import { checkFiles } from '../../src/cli/content-check.ts'
import { ROOT, readAuthored } from '../../src/cli/files.ts'
import { LISTS, RULE_CASES } from './content-cases.ts'
import { bookFiles, CHAO_WORDS, problemsOf, TODAY } from './good-book.ts'

const CASES = Object.entries(RULE_CASES).flatMap(([rule, cases]) =>
  cases.map(([promise, changes, printed]) => [rule, promise, changes, printed] as const),
)

describe('each rule of content', () => {
  test('finds nothing in a good book with the lists in force', () => {
    expect(problemsOf(LISTS).map(printProblem)).toEqual([])
  })

  test.each(CASES)(
    '%s: %s is printed with its file and line, and nothing else is',
    (_rule, _promise, changes, printed) => {
      expect(printed.length).toBeGreaterThan(0)
      expect(problemsOf({ ...LISTS, ...changes }).map(printProblem)).toEqual(printed)
    },
  )

  test.each(CASES)('%s: %s is found by this rule and by no other', (name, _promise, changes, printed) => {
    const draft = readDraft(bookFiles({ ...LISTS, ...changes }))
    const found = Object.entries(CONTENT_RULES).filter(([, rule]) => rule(draft, TODAY).length > 0)
    expect(found.map(([rule]) => rule)).toEqual(name === 'form' ? [] : [name])
    expect(name === 'form' ? draft.problems.length : 0).toBe(name === 'form' ? printed.length : 0)
  })

  test('has a case that breaks it, and its reason in docs/content.md', () => {
    const documented = [...readFileSync(join(ROOT, 'docs/content.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
      ([, rule]) => rule,
    )
    expect(documented.toSorted()).toEqual(['form', ...Object.keys(CONTENT_RULES)].toSorted())
    expect(Object.keys(RULE_CASES).toSorted()).toEqual(documented.toSorted())
  })
})

describe('a promise', () => {
  const promises = readDraft(bookFiles(LISTS)).promises
  const found = (sentence: string) =>
    checkPromises(
      readDraft(bookFiles({ ...LISTS, 'content/vi/chao.md': CHAO_WORDS.replace('Chọn một bài:', sentence) })),
    )
  const phrases = promises.flatMap(({ avoid }) => avoid)

  test.each(phrases)('“%s” is refused, and may be denied', (phrase) => {
    expect(found(`Ở đây ${phrase}.`).length).toBeGreaterThan(0)
    expect(found(`Không ai hứa được là ${phrase}.`)).toEqual([])
  })
})

describe('what no text may hold', () => {
  const rule = (sentence: string) => {
    const draft = readDraft(
      bookFiles({ ...LISTS, 'content/vi/chao.md': CHAO_WORDS.replace('Chọn một bài:', sentence) }),
    )
    return CONTENT_RULES.never(draft).length
  }
  test.each([
    'Lần đầu dùng 0,5 gam là vừa.',
    'Uống 2 viên rồi nghỉ.',
    'Muốn đỡ thì tăng liều lên.',
    'Liều an toàn là chừng ấy.',
    'Cách tiêm vào tay thế này.',
    'Pha với nước cất rồi dùng.',
    'Trộn với rượu cho phê.',
    'Đây là cách qua test của công ty.',
    'Tráo nước tiểu của bạn bè.',
    'Nhịn 3 ngày thì âm tính.',
    'Mua hàng ở chợ.',
    'Giá 200 nghìn một tép.',
  ])('“%s” is refused', (sentence) => {
    expect(rule(sentence)).toBeGreaterThan(0)
  })

  test.each([
    'Đừng tự tăng liều: hỏi bác sĩ.',
    'Gọi **115** ngay.',
    'Xét nghiệm mất 20 phút.',
    'Mình không giúp cách qua xét nghiệm.',
    'PEP phải bắt đầu trong 72 giờ.',
    'Đừng mua đồ ở chỗ lạ.',
  ])('“%s” passes', (sentence) => {
    expect(rule(sentence)).toBe(0)
  })
})

describe('what wounds', () => {
  test('may be quoted as somebody else’s word, and nowhere else', () => {
    const words = (text: string) =>
      problemsOf({ ...LISTS, 'content/vi/chao.md': CHAO_WORDS.replace('Chọn một bài:', text) })
    expect(words('Nghe gọi “con nghiện”, ai cũng đau.')).toEqual([])
    expect(words('Nghe gọi “Đồ con nghiện! Cút đi.” thì ai cũng đau.')).toEqual([])
    expect(words('Nghe gọi con nghiện, ai cũng “đau”.')).toHaveLength(1)
  })
})

describe('npm run content -- check', () => {
  test('is content with the book in force, but for notes', () => {
    const { lines, code } = checkFiles(readAuthored(), TODAY)
    expect([code, lines.filter((line) => !line.includes('lưu ý')).slice(0, -1)]).toEqual([0, []])
  })

  test('finds nothing that `flows -- check` would not find too', () => {
    const changes = Object.assign({}, ...Object.values(RULE_CASES).map((cases) => cases[0]![1])) as Record<
      string,
      string
    >
    const files = bookFiles({ ...LISTS, ...changes })
    const all = check(readDraft(files), TODAY).map(printProblem)
    const { lines } = checkFiles(files, TODAY)
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.slice(0, -1).filter((line) => !all.includes(line))).toEqual([])
  })

  test.each([
    ['an error', { 'content/vi/chao.md': CHAO_WORDS.replace('Chọn một bài:', 'Giữ kín tuyệt đối.') }, 1],
    ['a note', { 'content/vi/chao.md': CHAO_WORDS.replace('Chọn một bài:', `${'rất '.repeat(36)}dài.`) }, 0],
    ['nothing', {}, 0],
  ])('ends with %s as it should', (_what, changes, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'content-'))
    try {
      for (const [path, text] of bookFiles({ ...LISTS, ...changes })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      const args = [join(ROOT, 'src/cli/content.ts'), 'check', '--today', TODAY, '--in', folder]
      const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      expect(stdout).toContain(`Ngày kiểm tra: ${TODAY}. ${code} lỗi`)
      expect(status).toBe(code)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('refuses a day that is none', () => {
    const { status } = spawnSync(process.execPath, [join(ROOT, 'src/cli/content.ts'), 'check', '--today', 'x'])
    expect(status).toBe(2)
  })
})
