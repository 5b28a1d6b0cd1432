import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { score } from '../../src/authoring/safety-score.ts'
import { assess } from '../../src/engine/safety/assess.ts'
import { detect } from '../../src/engine/safety/detect.ts'
import { book, converse } from './converse.ts'

const rows = readFileSync(new URL('../safety/open.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [text = '', intent = '', level = 'none', note = ''] = line.split('\t')
    return { text, intent, level: level as 'none' | 'urgent' | 'emergency', note }
  })
const level = (text: string) => assess(book, text).level
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')

/** Told outright: nobody who reads these doubts. */
const PLAIN = [
  'em muốn tự tử',
  'tôi không muốn sống nữa',
  'em vừa uống thuốc trừ sâu rồi',
  'em muốn chết',
  'chồng đang đánh em chảy máu',
  'bạn em bị sốc thuốc rồi',
  'nó không thở được',
  'em cắt tay máu chảy nhiều lắm',
]
const TELEX: Readonly<Record<string, string>> = {
  '\u0301': 's', '\u0300': 'f', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j',
} // biome-ignore format: a table
const telex = (word: string) => {
  const parts = word.normalize('NFD')
  const tone = [...parts].map((c) => TELEX[c] ?? '').join('')
  const shaped = [...parts.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '').normalize('NFC')]
    .map((c) => ({ â: 'aa', ă: 'aw', ê: 'ee', ô: 'oo', ơ: 'ow', ư: 'uw', đ: 'dd' })[c] ?? c)
    .join('')
  return shaped + tone
}

describe('the open file', () => {
  const result = score(rows, (text) => assess(book, text), null)

  test('no emergency is passed over in silence, and the bars hold', () => {
    expect(result.emergencies).toBe(38)
    expect(result.emergenciesCalledNone).toBe(0)
    expect(result.emergencyRecall).toBeGreaterThanOrEqual(0.98)
    expect(result.urgentRecall).toBeGreaterThanOrEqual(0.95)
    expect(result.negFalseAlarmRate).toBeLessThanOrEqual(0.05)
  })
})

describe('however a plain emergency is typed, it is heard', () => {
  test.each(PLAIN)('%s', (text) => {
    const words = text.split(' ')
    const typed = [
      bare(text),
      text.toUpperCase(),
      words.map((word) => [...word].join('.')).join(' '),
      words.map((word) => word + word.at(-1)!.repeat(3)).join(' '),
      words.map(telex).join(' '),
      text.normalize('NFD'),
      text.replaceAll('không', 'ko').replaceAll('muốn', 'mún').replaceAll('rồi', 'r').replaceAll('em', 'e'),
    ]
    expect(typed.filter((one) => level(one) === 'none')).toEqual([])
  })

  test.each(PLAIN)('politeness changes nothing: %s', (text) => {
    for (const polite of [`dạ ${text} ạ`, `${text} nha`, `${text} với`]) expect(level(polite)).toBe(level(text))
  })
})

describe('what only looks like danger is left alone', () => {
  test.each([
    'từ từ thôi đừng vội',
    'tu tu roi tinh',
    'trời nóng muốn chết',
    'điện thoại sắp chết pin',
    'mai em phun thuốc trừ sâu cho ruộng lúa',
    'vận động viên nhảy cầu giành huy chương vàng',
    'quá liều là gì và phòng thế nào',
    'nhân vật chính tự sát ở cuối truyện',
    'mẹ cầm dao gọt trái cây',
  ])('%s', (text) => expect(level(text)).toBe('none'))
})

describe('what follows', () => {
  test('a burden told is with the staff at once, and the plain question is put', () => {
    const talk = converse().send('chẳng còn gì để níu kéo nữa, kiếp sau gặp lại mọi người')
    expect(talk.state.ticket?.reason).toBe('suicide')
    expect(talk.options).toEqual(['co', 'khong', 'khong-chac'])
  })

  test('a craving is told to nobody without a yes', () => {
    expect(converse().send('thèm đá quá không chịu nổi').state.ticket).toBeNull()
  })

  test('who is drowning hears 114', () => {
    expect(converse().send('có đứa nhỏ rớt xuống sông').said).toEqual(['khan-cap.chay-nuoc'])
  })
})

describe('any text whatever', () => {
  test('is read without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => detect(book.safety!, text) !== null),
    )
  })

  test('of 100 kB, made to be hard, is read, and what stands in the middle is heard', () => {
    for (const hard of ['a', 't.', 't ', 'muốn ', 'chết', 'tutu', 'aaw', '\u0301', 'muon chet dc ']) {
      const many = hard.repeat(Math.ceil(50_000 / hard.length))
      expect(detect(book.safety!, `${many} em muốn tự tử ${many}`).level).not.toBe('none')
    }
  })
})

test('unseen lines are heard no worse than on the day this was written, half of what they should be', () => {
  const lines = readFileSync(new URL('../safety/held-out.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const unseen = lines.map((line) => {
    const [text = '', intent = '', level = 'none', note = ''] = line.split('\t')
    return { text, intent, level: level as 'none' | 'urgent' | 'emergency', note }
  })
  const result = score(unseen, (text) => assess(book, text), null)
  expect(result.emergencyRecall).toBeGreaterThanOrEqual(0.48)
  expect(result.negFalseAlarmRate).toBeLessThanOrEqual(0.14)
})

test('a question about overdose is a question, and somebody who lies there is not', () => {
  for (const text of ['quá liều thì phải làm gì', 'qua lieu thi phai lam gi']) expect(level(text), text).toBe('none')
  for (const text of ['bạn em quá liều phải làm gì', 'nó bị quá liều rồi']) expect(level(text), text).toBe('emergency')
})
