import { syllables } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import { phraseIn, readyRules } from './phrases.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { sentencesOf, writtenTexts } from './written-texts.ts'

/** What nobody here can promise (content/promises.yaml): secrecy, no penalty, recovery. Quoting it is saying it too. */
export function checkPromises(draft: Draft): readonly Problem[] {
  const rules = readyRules(draft.promises)
  return writtenTexts(draft)
    .flatMap(sentencesOf)
    .flatMap(({ text, place }) => {
      const typed = syllables(text)
      return rules.flatMap((one) => {
        const phrase = phraseIn(typed, one)
        return phrase === null ? [] : [problemAt(place, `Không hứa “${phrase}”: ${one.rule.why}.`)]
      })
    })
}
