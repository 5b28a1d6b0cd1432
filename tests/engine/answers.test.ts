import { describe, expect, test } from 'vitest'
import { parseAnswer, type Reading } from '../../src/engine/answer.ts'
import type { Book } from '../../src/engine/book.ts'
import type { Ask } from '../../src/engine/choose.ts'
import { readNumber } from '../../src/engine/clock/numbers.ts'
import type { Option } from '../../src/engine/content.ts'
import { readPhone, showPhone } from '../../src/engine/phone.ts'
import { readYesNo } from '../../src/engine/yes-no.ts'
import { book, directory, MONDAY } from './converse.ts'

/** A question's choices in a book of their own, so that an author's change of words changes no promise. */
const LABELS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'ai.minh': ['Cho mình', 'cho tôi'],
  'ai.nguoi-than': ['Cho người thân', 'con tôi', 'chồng tôi'],
  'ai.tim-hieu': ['Muốn tìm hiểu', 'học'],
  'ai.gap-nguoi': ['Cần gặp người', 'nói chuyện với người'],
  'ai.khan-cap': ['Đang nguy hiểm', 'nguy hiểm'],
  'nua.menu': ['Xem mục khác', 'còn'],
  'nua.gap-nguoi': ['Gặp người', 'nói chuyện với người'],
  'nua.thoi': ['Thôi, cảm ơn', 'không', 'đủ rồi'],
  'dung.co': ['Đúng'],
  'dung.khong': ['Không đúng', 'sửa'],
}
const own: Book = {
  ...book,
  words: (key) => (LABELS[key] ? [LABELS[key][0]] : undefined),
  synonyms: (key) => LABELS[key]?.slice(1) ?? [],
}
const options = (question: string) =>
  Object.keys(LABELS)
    .filter((key) => key.startsWith(`${question}.`))
    .map((key): Option => ({ id: key.split('.')[1]!, label: { type: 'words', key } }))
const [WHO, MORE, SURE] = [options('ai'), options('nua'), options('dung')]

function ask(answer: Ask['answer']): Ask {
  return { type: 'ask', answer, words: { key: 'x' }, save: null, choices: [], from: null, next: 'y', unknown: null }
}

function read(answer: Ask['answer'], text: string, shown: readonly Option[] = [], reading: Reading = 'whole') {
  const found = parseAnswer(ask(answer), shown, text, { book: own, directory, at: MONDAY }, reading)
  return found.type === 'code' ? found.value : found.type === 'words' ? found.text : found.type
}

describe('a choice', () => {
  test.each(
    '2|câu 2|số hai|2.|2 ạ|2/|(2)|chọn số 2 nhé|dạ 2|hai ạ|2️⃣|nút 2|cái thứ hai|Cho người thân|cho nguoi than|CHO NGƯỜI THÂN Ạ|con tôi|chong toi'.split(
      '|',
    ),
  )('"%s" is the second', (text) => expect(read('choice', text, WHO)).toBe('nguoi-than'))

  test.each(['9', '0', 'số 12', '22', 'asdf', '', '👍', 'hai ba', 'bà'])('"%s" is none of five', (text) => {
    expect(read('choice', text, WHO)).toBe('missed')
  })

  test('a synonym that is also a number word is a synonym first', () => {
    expect(read('choice', 'không', MORE)).toBe('thoi')
    expect(read('choice', 'không ạ', MORE)).toBe('thoi')
  })

  test('a label inside a longer text counts only when nothing better was meant, and never when it is denied', () => {
    expect(read('choice', 'chắc là con tôi nó dùng', WHO)).toBe('missed')
    expect(read('choice', 'chắc là con tôi nó dùng', WHO, 'inside')).toBe('nguoi-than')
    expect(read('choice', 'em không muốn nói chuyện với người lạ', MORE, 'inside')).toBe('missed')
    expect(read('choice', 'hút pod có nguy hiểm không', WHO, 'inside')).toBe('missed')
  })
})

describe('yes or no', () => {
  test.each(
    'có|ok|OK!!!|okkkk|dạ đc|ừ|ừ đúng rồi|dung|đúng rồi|đúng|vâng ạ|dạ|uk|oki ạ|được thôi|👍🏽|✅|1|phải|chuẩn luôn|dạ vâng ạ'.split(
      '|',
    ),
  )('"%s" is yes', (text) => {
    expect(readYesNo(text)).toBe(true)
    expect(read('yes_no', text, SURE)).toBe('co')
  })

  test.each(
    'không|k|ko ạ|hông|hổng có|hong|khum|nỏ|dạ không|không đúng|chưa|thôi|đừng|k dc|không phải ạ|sai rồi|❌|2'.split(
      '|',
    ),
  )('"%s" is no', (text) => {
    expect(readYesNo(text)).toBe(false)
    expect(read('yes_no', text, SURE)).toBe('khong')
  })

  test.each('có không|không biết|đúng không|không sao|dừng|thôi được rồi|có thể|asdf|3|'.split('|'))(
    '"%s" is neither',
    (text) => {
      expect(readYesNo(text)).toBeNull()
    },
  )
})

describe('numbers, phones and free text', () => {
  test.each([
    ['3', 3],
    ['hai', 2],
    ['khoảng 3 lần ạ', 3],
    ['tư', 4],
    ['không', 0],
    ['3 hoặc 4', null],
    ['bà', null],
    ['rất nhiều', null],
  ])('"%s" as a number', (text, value) => expect(readNumber(text)).toBe(value))

  test('where a number is the answer it is not the place of a choice', () => {
    const choices = [MORE[2]!]
    expect(read('number', '1', choices)).toBe('1')
    expect(read('time', '1', choices)).toBe(String(13 * 60))
    expect(read('phone', '1', choices)).toBe('thoi')
    expect(read('text', '1', choices)).toBe('thoi')
  })

  test.each(
    '0912345678|0912 345 678|0912.345.678|+84 912 345 678|84912345678|(+84) 912345678|sdt em 0912-345-678 nhé|０９１２３４５６７８|09 12 34 56 78|0912345678 0987654321'.split(
      '|',
    ),
  )('"%s" is a phone number', (text) => expect(readPhone(text)).toBe('+84912345678'))

  test('a number is shown back as people write it', () => {
    expect(showPhone('+84912345678')).toBe('0912 345 678')
    expect(showPhone('không phải số')).toBe('không phải số')
  })

  test.each('01634567890|0163 456 7890|12345|113|1900 1234|+1 202 555 0123|không có|091234567'.split('|'))(
    '"%s" is none that can be called',
    (text) => {
      expect(readPhone(text)).toBeNull()
      expect(read('phone', text)).toBe('missed')
    },
  )

  test('free text is kept as written, and an empty one is no answer', () => {
    expect(read('text', '  em mệt quá 😔 ')).toBe('em mệt quá 😔')
    expect(read('text', ' \n ')).toBe('missed')
    expect(read('text', 'dung', [], 'plain')).toBe('missed')
  })
})
