import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Part } from '../../src/channels/channel.ts'
import { toHtml, toPlain } from '../../src/channels/render.ts'
import { split } from '../../src/engine/split.ts'

const words = fc.string({
  unit: fc.constantFrom('a', 'ấ', ' ', '. ', '\n', '\n\n', '😔', '𠮷', '**', '<b>', '&amp;', '"'),
})
const paragraphs = fc.array(words, { minLength: 1, maxLength: 5 })

function part(texts: readonly string[], markup: boolean, labels: readonly string[] = []): Part {
  return { paragraphs: texts, markup, choices: labels.map((label, i) => ({ data: `1.${i}`, label })) }
}

function unescapeHtml(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

describe('split', () => {
  it('loses nothing but the space at a cut', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 40 }), (text, limit) => {
        expect(split(text, limit).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })

  it('never makes a piece over the limit or cuts a character in two', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 40 }), (text, limit) => {
        for (const piece of split(text, limit)) {
          expect(piece.length).toBeLessThanOrEqual(limit)
          expect(piece.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  it('cuts at a paragraph rather than inside a sentence', () => {
    expect(split('Câu một dài. Câu hai.\n\nĐoạn sau', 25)).toEqual(['Câu một dài. Câu hai.', 'Đoạn sau'])
  })

  it('leaves a text that fits as it is', () => {
    expect(split('vừa đủ', 6)).toEqual(['vừa đủ'])
  })
})

describe('toHtml', () => {
  it('never lets a person’s text become a tag, and shows every character of it', () => {
    fc.assert(
      fc.property(paragraphs, (texts) => {
        const html = toHtml(part(texts, false))
        expect(html).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/)
        expect(unescapeHtml(html)).toBe(texts.join('\n\n'))
      }),
    )
  })

  it('makes only balanced bold tags of reviewed words', () => {
    fc.assert(
      fc.property(paragraphs, (texts) => {
        const html = toHtml(part(texts, true))
        const rest = html.replace(/<b>([^<>]*)<\/b>/g, '$1')
        expect(rest).not.toMatch(/[<>]/)
        expect(unescapeHtml(rest)).toBe(toPlain(part(texts, true), false))
      }),
    )
  })
})

describe('toPlain', () => {
  it('numbers the choices as a person would answer them', () => {
    expect(toPlain(part(['Bạn **muốn** gì?'], true, ['Gặp người', 'Đọc']), true)).toBe(
      'Bạn muốn gì?\n\n1. Gặp người\n2. Đọc',
    )
  })

  it('keeps the stars a person typed', () => {
    expect(toPlain(part(['**không**'], false, ['Có']), false)).toBe('**không**')
  })
})
