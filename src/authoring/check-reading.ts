import { syllables } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import { holds } from './phrases.ts'
import { type Problem, problemAt, warningAt } from './problem.ts'
import { sentencesOf, syllablesIn, type Written, writtenTexts } from './written-texts.ts'

/**
 * Bounds of our own, in syllables, between one stop and the next. Studies of Vietnamese schoolbooks (Luong, Nguyen and
 * Dinh, 2020) find sentence length and rare words to tell levels apart, but give no bound that could be adopted. Half of
 * this book's sentences have seven syllables or fewer; 99 of 100 have at most 25. Above 35 stand only words that a law
 * chains together; a card has no room for those.
 */
const LONG = 35
const LONG_IN_A_CARD = 25
const TOO_LONG = 45
const RATHER_LONG = 20
const SHARE = 0.2
const FEW = 10
/** No Vietnamese syllable has more letters (“nghiêng”); what has is a foreign word. */
const SYLLABLE_LETTERS = 7
const FOREIGN_WORDS = 2

/** What everybody reads or hears first, at the reading age of about ten. */
const FIRST = /^topic\.[^.]+\.(?:card|loa|ap-phich)$/
/** Read aloud, with a rule of its own. */
const SCRIPT = /\.(?:loa|ap-phich)$/
const CITATION = /\([^()]*(?:Điều|Luật|khoản|Nghị định|Thông tư|QH1\d)[^()]*\)/gu

/** Short sentences and everyday words: whoever reads this may be tired, afraid, or not used to reading. */
export function checkReading(draft: Draft): readonly Problem[] {
  const texts = writtenTexts(draft)
  return [...texts.flatMap(longSentences), ...dense(draft), ...hardWords(draft, texts), ...foreignWords(draft)]
}

/** The stretches between stops; the name of a law in brackets is for who looks it up, and is not counted. */
function stretches(text: string): readonly string[] {
  return text.replace(CITATION, '').split(/[:;]\s+/)
}

function longSentences(written: Written): readonly Problem[] {
  if (written.key === null || SCRIPT.test(written.key)) return []
  const most = FIRST.test(written.key) ? LONG_IN_A_CARD : LONG
  return sentencesOf(written).flatMap(({ text, place }) =>
    stretches(text).flatMap((stretch) => {
      const count = syllablesIn(stretch)
      const start = `“${stretch.trim().replaceAll('**', '').slice(0, 40)}…”`
      if (count > TOO_LONG) return [problemAt(place, `Câu dài ${count} chữ, quá ${TOO_LONG}: ${start} Hãy tách ra.`)]
      return count > most ? [warningAt(place, `Câu dài ${count} chữ; nên nhiều nhất ${most}: ${start}`)] : []
    }),
  )
}

/** One long sentence may be needed; many of them make a text that is put away. */
function dense(draft: Draft): readonly Problem[] {
  return [...draft.passages].flatMap(([key, { paragraphs, place }]) => {
    if (SCRIPT.test(key)) return []
    const counts = paragraphs
      .flatMap((text) => sentencesOf({ text, place, key, exact: false }))
      .flatMap(({ text }) => stretches(text))
      .map(syllablesIn)
      .filter((count) => count > 0)
    const long = counts.filter((count) => count > RATHER_LONG).length
    if (counts.length < FEW || long <= counts.length * SHARE) return []
    return [warningAt(place, `${long} trong ${counts.length} câu dài hơn ${RATHER_LONG} chữ: bài này khó đọc.`)]
  })
}

function hardWords(draft: Draft, texts: readonly Written[]): readonly Problem[] {
  const words = draft.hardWords.map((one) => ({
    ...one,
    typed: syllables(one.word),
    contexts: one.unless.map(syllables),
  }))
  return texts
    .filter(({ key }) => key !== null && FIRST.test(key))
    .flatMap(sentencesOf)
    .flatMap(({ text, place }) => {
      const typed = syllables(text)
      return words
        .filter((one) => holds(typed, one.typed) && !one.contexts.some((context) => holds(typed, context)))
        .map(({ word, say }) => warningAt(place, `“${word}” là lời giấy tờ; nên viết: ${say}.`))
    })
}

function foreignWords(draft: Draft): readonly Problem[] {
  return [...draft.passages].flatMap(([key, { paragraphs, place }]) => {
    const words =
      paragraphs
        .join(' ')
        .replace(/\{[^}]*\}/g, '')
        .match(/\p{L}+/gu) ?? []
    const foreign = new Set(words.filter((word) => word.length > SYLLABLE_LETTERS).map((word) => word.toLowerCase()))
    if (!FIRST.test(key) || foreign.size <= FOREIGN_WORDS) return []
    return [
      warningAt(
        place,
        `Có ${foreign.size} từ tiếng nước ngoài (${[...foreign].join(', ')}); nên nhiều nhất ${FOREIGN_WORDS}.`,
      ),
    ]
  })
}
