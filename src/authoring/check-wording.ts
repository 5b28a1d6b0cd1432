import type { Syllable } from '../engine/text.ts'
import { find, syllables } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** Words that wound and promises nobody can keep, as listed in content/stigma.yaml; synonyms are how people type. */
export function checkWording(draft: Draft): readonly Problem[] {
  const rules = draft.wording.map((rule) => ({
    ...rule,
    phrases: rule.avoid.map((phrase) => ({ phrase, typed: syllables(phrase) })),
    contexts: rule.unless.map(syllables),
  }))
  return textsOf(draft).flatMap(({ text, place }) =>
    text.split(/(?<=[.?!…])\s+|\n/).flatMap((sentence) => {
      const typed = syllables(sentence)
      return rules
        .filter((rule) => !rule.contexts.some((context) => contains(typed, context)))
        .flatMap((rule) => {
          const found = rule.phrases.find(({ typed: phrase }) => contains(typed, phrase))
          if (found === undefined) return []
          const instead = rule.use === null ? '' : ` Nên viết: ${rule.use}.`
          return [problemAt(place, `Không viết “${found.phrase}”: ${rule.why}.${instead}`)]
        })
    }),
  )
}

function contains(text: readonly Syllable[], phrase: readonly Syllable[]): boolean {
  return find(text, phrase) === 'exact'
}

function textsOf(draft: Draft): readonly { text: string; place: Place }[] {
  return [
    ...[...draft.passages.values()].flatMap(({ paragraphs, place }) => paragraphs.map((text) => ({ text, place }))),
    ...[...draft.labels.values()].map(({ label, place }) => ({ text: label, place })),
    ...draft.topics.map(({ topic, place }) => ({ text: topic.title, place })),
    ...draft.replies.flatMap(({ value, place }) => [value.title, value.text].map((text) => ({ text, place }))),
    ...draft.kits.flatMap(({ value, place }) =>
      [
        value.title,
        ...value.before,
        ...value.outline.map(({ text }) => text),
        ...value.quiz.flatMap(({ question, answers, why }) => [question, ...answers, why]),
      ].map((text) => ({ text, place })),
    ),
  ]
}
