import { syllables } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import { phraseIn, readyRules } from './phrases.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { sentencesOf, withoutQuotes, writtenTexts } from './written-texts.ts'

/** Words that wound, dead numbers and bodies that are no more, as listed in content/stigma.yaml; synonyms are how people type. */
export function checkWording(draft: Draft): readonly Problem[] {
  const rules = readyRules(draft.wording)
  return writtenTexts(draft).flatMap((written) => {
    const own = sentencesOf(withoutQuotes(written)).map(({ text, place }) => ({ place, typed: syllables(text) }))
    const all = sentencesOf(written).map(({ text, place }) => ({ place, typed: syllables(text) }))
    return rules.flatMap((one) =>
      (one.rule.quotable ? own : all).flatMap(({ typed, place }) => {
        const phrase = phraseIn(typed, one)
        if (phrase === null) return []
        const instead = one.rule.use === null ? '' : ` Nên viết: ${one.rule.use}.`
        return [problemAt(place, `Không viết “${phrase}”: ${one.rule.why}.${instead}`)]
      }),
    )
  })
}
