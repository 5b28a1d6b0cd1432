import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWords } from '../../src/authoring/words-format.ts'
import type { Part } from '../../src/channels/channel.ts'
import { toHtml, toPlain } from '../../src/channels/render.ts'
import { segments as inBrowser } from '../../src/web/assets/chat.js'
import { segments, paragraphs as webParagraphs } from '../../src/web/pages/line-text.ts'
import { telegramText, webText } from './markup.ts'

/** What has broken renderers before: marks that do not close, tags, escapes, what cannot be seen, halves of characters. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('**', '*', '***', '****', '** **', '__', '`', '[a](b)', '_') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('<script>alert(1)</script>', '<b>', '</b>', '<', '>', '"', "'", '<!--', ']]>'),
  },
  { weight: 4, arbitrary: fc.constantFrom('&amp;', '&', '&lt;b&gt;', '&#60;', '&#x3c;', '&quot', '&amp') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '\u200b',
      '\u202e',
      '\ufeff',
      '\u00a0',
      '\u0000',
      '😔',
      '𠮷',
      '\ud83d',
      '\ude14',
      '👩‍👧',
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom('\n', '\n\n', ' ', '. ', '{x}', '{bạn}', '$&', '$1', '<b>$1</b>') },
  { weight: 4, arbitrary: fc.constantFrom('115', '113, 114', 'Điều 113', '115 người', 'tel:115', 'javascript:1') },
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
)
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))
const texts = fc.array(text, { minLength: 1, maxLength: 4 })
const either = fc.boolean()
const RUNS = { numRuns: 1_000 }

const part = (paragraphs: readonly string[], markup: boolean, labels: readonly string[] = []): Part => ({
  paragraphs,
  markup,
  choices: labels.map((label, i) => ({ data: `1.${i}`, label })),
})
const web = (from: 'bot' | 'human' | 'you', line: string) => webParagraphs({ from, text: line }).map(String).join('')
const bare = (line: string) => line.toWellFormed().replaceAll('*', '')

/** What the three channels make of the same words. */
function rendered(paragraphs: readonly string[], markup: boolean) {
  const line = paragraphs.join('\n\n')
  return {
    telegram: telegramText(toHtml(part(paragraphs, markup))),
    zalo: toPlain(part(paragraphs, markup), true),
    web: webText(web(markup ? 'bot' : 'you', line)),
  }
}

describe('whatever is written, by whomever', () => {
  test('Telegram gets HTML it takes: our tag alone, closed, everything else escaped', () => {
    fc.assert(
      fc.property(texts, either, (paragraphs, markup) => {
        expect(rendered(paragraphs, markup).telegram).not.toBeNull()
      }),
      RUNS,
    )
  })

  test('Telegram shows what Zalo shows', () => {
    fc.assert(
      fc.property(texts, either, (paragraphs, markup) => {
        const { telegram, zalo } = rendered(paragraphs, markup)
        expect(telegram).toBe(zalo)
      }),
      RUNS,
    )
  })

  test('nothing of the text is lost or said twice: only pairs of ** go', () => {
    fc.assert(
      fc.property(texts, (paragraphs) => {
        const { zalo } = rendered(paragraphs, true)
        const line = paragraphs.join('\n\n')
        expect(bare(zalo)).toBe(bare(line))
        expect((line.length - zalo.length) % 4).toBe(0)
        expect(rendered(paragraphs, false).zalo).toBe(line.toWellFormed())
      }),
      RUNS,
    )
  })

  test('choices of a channel without buttons stand below, numbered, one to a line and as written', () => {
    fc.assert(
      fc.property(
        text,
        fc.array(
          text.map((label) => label.replaceAll('\n', ' ')),
          { minLength: 1, maxLength: 9 },
        ),
        (line, labels) => {
          const plain = toPlain(part([line], true, labels), true)
          const list = labels.map((label, i) => `${i + 1}. ${label.toWellFormed()}`).join('\n')
          expect(plain).toBe(`${toPlain(part([line], true), true)}\n\n${list}`)
        },
      ),
      RUNS,
    )
  })

  test('the web chat gets HTML in which nothing can run: paragraphs, bold, and calls of emergency numbers', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('bot', 'human', 'you'), (line, from) => {
        const shown = webText(web(from, line))
        expect(shown).not.toBeNull()
        const kept = line.split(/\n{2,}/).join('\n\n')
        expect(from === 'bot' ? shown?.replaceAll('*', '') : shown).toBe(
          from === 'bot' ? kept.replaceAll('*', '') : kept,
        )
      }),
      RUNS,
    )
  })

  test('the page and its script cut a line into the same runs', () => {
    fc.assert(
      fc.property(text, either, (line, markup) => {
        expect(inBrowser(line, markup)).toEqual(segments(line, markup))
      }),
      RUNS,
    )
  })

  test.each([
    ['stars alone', '*'.repeat(100_000)],
    ['bold that never closes', '**a '.repeat(25_000)],
    ['escapes', '&amp;<b>'.repeat(12_500)],
    ['digits and separators', '115,'.repeat(25_000)],
    ['spaces after an article', `điều${' '.repeat(100_000)}115`],
    ['halves of characters', '\ud83d'.repeat(100_000)],
  ])('100 kB of %s come through whole', (_name, long) => {
    const { telegram, zalo, web: page } = rendered([long], true)
    expect(telegram).toBe(zalo)
    expect(bare(zalo)).toBe(bare(long))
    expect(page && bare(page)).toBe(bare(long))
  })
})

describe('words that the checker takes', () => {
  /** As an author writes a passage: what is wrong with it is a problem, and then it goes nowhere. */
  const taken = (paragraphs: readonly string[]) => {
    const problems: unknown[] = []
    const { passages } = readWords('a', 'a.md', `## a\n${paragraphs.join('\n\n')}`, problems as never)
    return problems.length === 0 ? passages.get('a.a')!.paragraphs : null
  }
  const authored = fc
    .array(fc.constantFrom('**', '**', '*', '****', 'chữ', ' ', '\n', ', ', '•', '**115**', 'a'), { maxLength: 12 })
    .map((pieces) => pieces.join(''))

  test('show no stray star on any channel', () => {
    fc.assert(
      fc.property(fc.array(authored, { minLength: 1, maxLength: 3 }), (written) => {
        const paragraphs = taken(written)
        fc.pre(paragraphs !== null)
        for (const shown of Object.values(rendered(paragraphs!, true))) expect(shown).not.toContain('*')
      }),
      RUNS,
    )
  })

  test('are bold in the same places on Telegram and on the web', () => {
    fc.assert(
      fc.property(authored, (written) => {
        const paragraphs = taken([written])
        fc.pre(paragraphs !== null)
        const bold = (html: string) =>
          [...html.matchAll(/<b>(.*?)<\/b>/gs)].map(([, inner]) => inner!.replace(/<[^>]*>/g, ''))
        expect(bold(web('bot', paragraphs!.join('\n\n')))).toEqual(bold(toHtml(part(paragraphs!, true))))
      }),
      RUNS,
    )
  })
})
