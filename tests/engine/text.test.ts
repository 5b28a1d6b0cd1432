import { describe, expect, test } from 'vitest'
import { split } from '../../src/engine/split.ts'
import { compare, find, fold, samePhrase, syllables, whole } from '../../src/engine/text.ts'

const one = (word: string) => syllables(word)[0]!
const inside = (text: string, phrase: string) => find(syllables(text), syllables(phrase))

describe('syllables', () => {
  test.each([
    ['hoà', 'hòa'],
    ['xoá', 'xóa'],
    ['thuỷ', 'thủy'],
    ['tuý', 'túy'],
    ['HOÀ', 'hòa'],
    ['hoà'.normalize('NFD'), 'hòa'],
    ['cứuuuuu', 'cứu'],
  ])('%s and %s are the same syllable', (a, b) => {
    expect(compare(one(a), one(b))).toBe('exact')
  })

  test('marks that were typed are trusted; a syllable typed bare may carry any', () => {
    expect(compare(one('từ'), one('tự'))).toBe('none')
    expect(compare(one('tu'), one('tự'))).toBe('bare')
    expect(compare(one('tự'), one('tu'))).toBe('none')
    expect(compare(one('đá'), one('da'))).toBe('none')
    expect(compare(one('d'), one('đ'))).toBe('bare')
  })

  test('từ từ is never tự tử, and tu tu may be either', () => {
    expect(inside('từ từ đã em', 'tự tử')).toBe('none')
    expect(inside('em định tự tử', 'tự tử')).toBe('exact')
    expect(inside('tu tu da', 'tự tử')).toBe('bare')
  })

  test('a phrase is found in whole syllables, across punctuation and invisible characters', () => {
    expect(inside('nó… muốn\u200b chết!', 'muốn chết')).toBe('exact')
    expect(inside('sốc trăng', 'sóc')).toBe('none')
    expect(inside('muốnchết', 'muốn chết')).toBe('none')
  })

  test('the end of a very long text is read as well as its beginning', () => {
    const long = 'chuyện '.repeat(20_000)
    expect(inside(`${long} em muốn chết`, 'muốn chết')).toBe('exact')
    expect(inside(`em muốn chết ${long}`, 'muốn chết')).toBe('exact')
    expect(syllables(long).length).toBeLessThan(5_000)
  })

  test('polite words around a phrase do not hide it', () => {
    for (const text of ['gặp người', 'Dạ cho em gặp người với ạ', 'tôi muốn gặp người', 'gap nguoi nhe'])
      expect(whole(syllables(text), syllables('gặp người'))).not.toBe('none')
    expect(whole(syllables('gặp người yêu'), syllables('gặp người'))).toBe('none')
  })

  test('text without letters or digits has no syllables', () => {
    expect(syllables('👍 … 🎉')).toEqual([])
    expect(fold('2️⃣')).toBe('2')
    expect(samePhrase('Điều trị', 'dieu tri')).toBe(true)
  })
})

describe('splitting a counsellor’s text', () => {
  test('loses no word, stays within the limit and prefers a paragraph, a sentence, a space', () => {
    const text = `${'câu một. '.repeat(40)}\n\n${'hai '.repeat(200)}`
    const pieces = split(text, 300)
    expect(pieces.every((piece) => piece.length <= 300 && piece !== '')).toBe(true)
    expect(pieces.join(' ').split(/\s+/)).toEqual(text.trim().split(/\s+/))
    expect(pieces[0]!.endsWith('.')).toBe(true)
  })

  test('never cuts an emoji in two, and cuts a word only when it must', () => {
    const pieces = split('🙂'.repeat(50), 9)
    expect(pieces.join('')).toBe('🙂'.repeat(50))
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
    expect(split('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)])
    expect(split('  \n ', 10)).toEqual([])
  })
})
