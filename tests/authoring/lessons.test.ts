import { describe, expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { readAuthored } from '../../src/cli/files.ts'
import { isLesson } from '../../src/engine/courses/course.ts'

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error('the book cannot be read')
const { book } = loaded
const text = (key: string) => (book.words(key, 'vi') ?? []).join('\n\n')
const courses = book.courses ?? []
const lessonsOf = (id: string) => courses.find((course) => course.id === id)?.lessons ?? []
const written = book.topics.filter((topic) => isLesson(book, topic)).map((topic) => [topic.id, topic] as const)
const words = (of: string) => of.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length

describe('the courses of the book', () => {
  test('are one to keep one’s rhythm, one for families, one for life after', () => {
    expect(courses.map(({ id, lessons }) => [id, lessons.length])).toEqual([
      ['giu-nhip', 8],
      ['nguoi-nha', 8],
      ['duong-ve', 6],
    ])
  })

  test('cover what they are for, lesson by lesson', () => {
    const about = (id: string) => lessonsOf(id).map((lesson) => text(`topic.${lesson}.card`))
    const rhythm = [/chỗ|cảm giác/, /con sóng/, /đói.*bực.*cô đơn.*mệt/s, /từ chối/, /Tiền/, /giấc/, /ba người/, /115/]
    const family = [/an toàn/, /nếp/, /ngắn/, /ngày tỉnh/i, /gánh/, /giờ/, /sức cho mình/, /115/]
    for (const [i, card] of about('giu-nhip').entries()) expect(card).toMatch(rhythm[i]!)
    for (const [i, card] of about('nguoi-nha').entries()) expect(card).toMatch(family[i]!)
    expect(lessonsOf('duong-ve')).toEqual(expect.arrayContaining(['xin-viec-sau-cai', 'xin-hoc-nghe', 'xin-vay-von']))
  })
})

describe('every lesson that was written for a course', () => {
  test.each(written)('%s: a card of sixty words with one thing to do today, then a small exercise', (id) => {
    const card = text(`topic.${id}.card`)
    expect(words(card)).toBeLessThanOrEqual(60)
    expect(card.match(/Một việc hôm nay:/g)).toHaveLength(1)
    const more = text(`topic.${id}.more`)
    expect(more.match(/\*\*Bài tập nhỏ\*\*/g)).toHaveLength(1)
    expect(more.length).toBeGreaterThan(700)
    expect(more.length).toBeLessThanOrEqual(1_500)
  })

  test.each(written)('%s: names a person, a number or a word that leads to somebody', (id) => {
    expect(`${text(`topic.${id}.card`)} ${text(`topic.${id}.more`)}`).toMatch(/gặp người|113|115|111|tìm điểm/)
  })

  test.each(written)('%s: rests on sources, is a draft, and says so', (_, topic) => {
    expect(topic.sources.length).toBeGreaterThan(0)
    expect([topic.status, topic.reviewed]).toEqual(['draft', null])
    expect(topic.questions.length).toBeGreaterThanOrEqual(5)
  })

  test.each(written)('%s: promises nothing, blames nobody, gives no figure of money', (id) => {
    const all = `${text(`topic.${id}.card`)} ${text(`topic.${id}.more`)}`
    expect(all).not.toMatch(/khỏi hẳn|cam kết|đảm bảo|chắc chắn sẽ|bí mật|nghị lực|ý chí|tại mày|hư hỏng/i)
    expect(all).not.toMatch(/\d[\d.,]*\s*(triệu|nghìn|đồng|%|phần trăm)/i)
    expect(all).not.toMatch(/\d+\s*(mg|ml|viên|liều)/i)
  })

  test.each(['giu-nhip-8-phong-khi-kho', 'nguoi-nha-8-khi-truot'])(
    '%s: says first that less can kill now than before, and whom to call',
    (id) => {
      const card = text(`topic.${id}.card`)
      expect(card).toMatch(/sức chịu (đã )?giảm/)
      expect(card).toMatch(/một mình/)
      expect(card).toContain('**115**')
      expect(text(`topic.${id}.more`)).toMatch(/không cần ghi/)
      expect(book.topics.find((topic) => topic.id === id)?.level).toBe('safety')
    },
  )
})
