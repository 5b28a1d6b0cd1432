import type { Draft } from './draft.ts'
import type { Place } from './problem.ts'

/** A text that reaches people, and where it was written. */
export interface Written {
  text: string
  place: Place
  /** The key of a passage; null for labels, titles, replies and what is printed. */
  key: string | null
  /** The place is that of the first letter, so that what follows can be placed by its line breaks. */
  exact: boolean
}

/** Everything that people read or hear. What they themselves type (synonyms, questions, triggers) is not in it. */
export function writtenTexts(draft: Draft): readonly Written[] {
  const other = (place: Place, texts: readonly string[]): Written[] =>
    texts.map((text) => ({ text, place, key: null, exact: false }))
  return [
    ...[...draft.passages].flatMap(([key, { paragraphs, lines, place }]) =>
      paragraphs.map((text, i) => ({
        text,
        key,
        place: lines ? { ...place, line: lines[i]! } : place,
        exact: lines !== undefined,
      })),
    ),
    ...[...draft.labels.values()].flatMap(({ label, place }) => other(place, [label])),
    ...draft.topics.flatMap(({ topic, at }) => [
      ...other(at(['title']), [topic.title]),
      ...(topic.quiz ?? []).flatMap(({ question, answers, why }, i) =>
        other({ ...at(['quiz', i]), path: 'quiz' }, [question, ...answers, why]),
      ),
    ]),
    ...draft.replies.flatMap(({ value, place }) => other(place, [value.title, value.text])),
    ...draft.campaigns.flatMap(({ value, place }) => other(place, [value.title, value.text])),
    ...draft.kits.flatMap(({ value, place }) =>
      other(place, [
        value.title,
        ...value.before,
        ...value.outline.map(({ text }) => text),
        ...value.quiz.flatMap(({ question, answers, why }) => [question, ...answers, why]),
      ]),
    ),
    ...draft.selfChecks.flatMap(({ value: { check }, place }) =>
      other(place, [
        check.title,
        check.intro,
        ...check.questions.flatMap(({ text, answers }) => [text, ...answers.map((answer) => answer.text)]),
        ...check.bands.map(({ words }) => words),
      ]),
    ),
  ]
}

const ENDS = /(?<=[.?!…]["”)]?)\s+|\n/

/** The sentences of a text, each with its own line. A new line ends one too. */
export function sentencesOf({ text, place, key, exact }: Written): readonly Written[] {
  const found: Written[] = []
  let from = 0
  for (const sentence of text.split(ENDS)) {
    const at = text.indexOf(sentence, from)
    from = at + sentence.length
    if (sentence.trim() === '') continue
    const down = exact ? text.slice(0, at).split('\n').length - 1 : 0
    const line = place.line === undefined ? {} : { line: place.line + down }
    found.push({ text: sentence, key, exact, place: { ...place, ...line } })
  }
  return found
}

/** What stands between quotation marks is somebody else's word: left out, letter by letter, so that places stay. */
export function withoutQuotes(written: Written): Written {
  return { ...written, text: written.text.replace(/“[^”]*”/g, (quote) => quote.replace(/[^\n]/g, ' ')) }
}

/** Vietnamese writes each syllable as a word. */
export function syllablesIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
