import { describe, expect, test } from 'vitest'
import type { Book, Trigger } from '../../src/engine/book.ts'
import { retrieve } from '../../src/engine/retrieve.ts'
import { assess } from '../../src/engine/safety/assess.ts'
import { match } from '../../src/engine/triggers.ts'
import { book } from './converse.ts'

const trigger = (id: string, more: Partial<Trigger>): Trigger => ({
  id,
  kind: 'emergency',
  match: 'anywhere',
  phrases: [],
  ambiguous: [],
  unless: [],
  action: { type: 'start', flow: 'khan-cap' },
  reason: null,
  card: null,
  ...more,
})
const bookOf = (...triggers: readonly Trigger[]): Book => ({ ...book, triggers })
const first = (from: Book, text: string, kind: Trigger['kind'] = 'emergency') =>
  match(from, text, [kind])?.trigger.id ?? null

describe('triggers', () => {
  test('a gap in a phrase takes up to three syllables, and a number at least two digits', () => {
    const from = bookOf(trigger('a', { phrases: ['bị … đánh', 'uống [số] viên'] }))
    for (const text of ['bị đánh', 'bị chồng đánh', 'bị anh của em đánh', 'uống 20 viên'])
      expect(first(from, text)).toBe('a')
    for (const text of ['bị anh của chồng em đánh', 'uống 2 viên', 'uống mấy viên', 'uống 2020 viên'])
      expect(first(from, text)).toBeNull()
  })

  test('a harmless turn with a gap hides the phrase with the same gap', () => {
    const from = bookOf(trigger('a', { phrases: ['bị … đánh'], unless: ['bị … đánh giá'] }))
    expect(first(from, 'bị sếp đánh giá')).toBeNull()
    expect(first(from, 'bị sếp đánh giá, về nhà bị chồng đánh')).toBe('a')
  })

  test('the first in the order of the file answers', () => {
    const from = bookOf(trigger('a', { phrases: ['muốn chết'] }), trigger('b', { phrases: ['chết', 'cứu'] }))
    expect(first(from, 'em muốn chết, cứu')).toBe('a')
    expect(first(from, 'chết, cứu')).toBe('b')
  })

  test('only triggers of the kinds asked for count', () => {
    const from = bookOf(trigger('a', { phrases: ['dừng'], kind: 'verb' }))
    expect(first(from, 'dừng')).toBeNull()
    expect(first(from, 'dừng', 'verb')).toBe('a')
  })

  test('a harmless turn hides its own phrase and nothing else', () => {
    const from = bookOf(trigger('a', { phrases: ['muốn chết', 'không muốn sống'], unless: ['mệt muốn chết'] }))
    expect(first(from, 'hôm nay mệt muốn chết')).toBeNull()
    expect(first(from, 'met muon chet')).toBeNull()
    expect(first(from, 'mệt muốn chết, em không muốn sống nữa')).toBe('a')
    expect(first(from, 'mệt muốn chết. Em muốn chết thật')).toBe('a')
  })

  test('a context without a phrase leaves the whole text alone', () => {
    const from = bookOf(trigger('a', { phrases: ['bị sốc thuốc'], unless: ['tuần trước'] }))
    expect(first(from, 'tuần trước em bị sốc thuốc')).toBeNull()
    expect(first(from, 'em bị sốc thuốc')).toBe('a')
  })

  test('an ambiguous phrase needs its marks in an emergency, and is unsure as a verb', () => {
    const from = bookOf(
      trigger('a', { ambiguous: ['tự tử'] }),
      trigger('b', { kind: 'verb', match: 'whole', ambiguous: ['dừng'] }),
    )
    expect(first(from, 'tu tu')).toBeNull()
    expect(first(from, 'từ từ')).toBeNull()
    expect(first(from, 'tự tử')).toBe('a')
    expect(match(from, 'dung', ['verb'])).toMatchObject({ sure: false })
    expect(match(from, 'dừng', ['verb'])).toMatchObject({ sure: true })
    expect(match(from, 'đúng', ['verb'])).toBeNull()
  })

  test('a verb is the whole message, polite words aside', () => {
    const from = bookOf(trigger('a', { kind: 'verb', match: 'whole', phrases: ['gặp người'], unless: ['người yêu'] }))
    for (const text of ['gặp người', 'cho em gặp người với ạ', 'GAP NGUOI']) expect(first(from, text, 'verb')).toBe('a')
    for (const text of ['gặp người yêu', 'hôm qua em gặp người quen']) expect(first(from, text, 'verb')).toBeNull()
  })
})

describe('the triggers of the book', () => {
  test.each(
    (
      'từ từ đã em|tu tu roi em tinh|em se tu tu suy nghi|em can tu van|tim tai lieu|em moi tim thay diem|treo co 2/9|su that co dung khong|' +
      'em bị đánh giá|đang đánh răng|dang danh thoi gian|nghiên cứu con người|hút pod có chết không|quá liều là gì|co giật là gì|cười chết mất'
    ).split('|'),
  )('"%s" is no emergency', (text) => expect(assess(book, text).level).toBe('none'))

  test.each(
    (
      'em muốn chết|toi khong muon song nua|nó đòi tự tử|chồng em bị quá liều|ban em soc thuoc roi|gọi mãi không tỉnh, môi tím|' +
      'mẹ em ngất xỉu|nó cầm nắm lá ngón|an la ngon roi|con em nuốt phải bột lạ|đau thắt ngực quá|bố đang đánh mẹ|cứu con với|SOS'
    ).split('|'),
  )('"%s" is one', (text) => expect(assess(book, text).level).toBe('emergency'))

  test.each(['em muốn dừng lại', 'em muon dung', 'em muốn thoát', 'em muốn kết thúc'])(
    '"%s" may be about using or about life: it stops no messages and ends no conversation',
    (text) => expect(first(book, text, 'verb')).toBeNull(),
  )

  test('no label or title of the book calls for help by itself, but those that are meant to', () => {
    const called = book.topics.map(({ title }) => title).filter((title) => assess(book, title).level === 'emergency')
    expect(called).toEqual([])
  })
})

/** Without any mark, as many people type. */
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')

describe('a question', () => {
  const sure = (text: string) => retrieve(book, text).sure
  const offered = (text: string) => [sure(text) ?? [], retrieve(book, text).likely].flat()

  test.each([
    ['quá liều là gì và phòng thế nào ạ', 'qua-lieu'],
    ['pod chill la gi co gay nghien khong', 'vape-do-an-la'],
    ['lam sao qua con them thuoc', 'con-them'],
    ['quan ly sau cai 1 nam hay 2 nam', 'quan-ly-sau-cai'],
    ['chat này có gửi cho công an xã không?', 'quyen-va-dieu-kho-giu-kin'],
  ])('"%s" finds %s', (text, topic) => expect(offered(text)[0]).toBe(topic))

  test.each(['asdfgh', '', '👍', 'thời tiết Sơn La mai thế nào', 'cho ly trà đá', 'ok', '1'])(
    '"%s" finds nothing at all',
    (text) => expect(retrieve(book, text)).toEqual({ sure: null, likely: [] }),
  )

  test.each(
    (
      'cai nghiện mất bao lâu|em trốn trong nhà tắm|cháu không dám gọi 111|' +
      'bao lâu thì nước tiểu sạch|có được miễn phí không|chồng em đánh|xe máy mất bao nhiêu tiền'
    ).split('|'),
  )('"%s" is shown no topic for sure rather than a wrong one', (text) => {
    for (const typed of [text, bare(text)]) {
      const topic = sure(typed)
      expect([typed, book.topics.some(({ id }) => id === topic)]).toEqual([typed, false])
    }
  })

  test.each(['chích thế nào cho an toàn', 'mua đá ở đâu', 'mua hàng ở chỗ nào'])('"%s" is declined', (text) =>
    expect(sure(text)).toBe('tu-choi'),
  )

  test.each([
    ['methadone', 'methadone-buprenorphine'],
    ['quá liều', 'qua-lieu'],
    ['ngáo đá', 'ngao-da'],
    ['hiv', 'xet-nghiem-hiv-viem-gan'],
  ])('of the name "%s" alone is enough', (text, topic) => expect(sure(text)).toBe(topic))

  test('finds every topic by its title and by each question written in it, with and without marks', () => {
    const lost = book.topics.flatMap(({ id, title, questions }) =>
      [title, ...questions].flatMap((text) =>
        [text, bare(text)]
          .filter((typed) => !offered(typed).includes(id) && sure(typed) !== 'bao-toi-pham')
          .map((typed) => `${id}: ${typed}`),
      ),
    )
    expect(lost).toEqual([])
  })
})
