import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { sentencesOf, writtenTexts } from './written-texts.ts'

const READ_OUT = /^topic\.[^.]+\.loa$/

/** How much, how, where from, how to pass a test: never, in no text (content/never.yaml). */
export function checkNever(draft: Draft): readonly Problem[] {
  return writtenTexts(draft)
    .flatMap(sentencesOf)
    .flatMap(({ text, place, key }) =>
      draft.never.flatMap(({ pattern, why, unless, loa }) => {
        if (loa && !READ_OUT.test(key ?? '')) return []
        const found = pattern.exec(text.replaceAll('**', ''))?.[0]
        if (found === undefined || unless?.test(text)) return []
        return [problemAt(place, `Không viết “${found}”: ${why}.`)]
      }),
    )
}
