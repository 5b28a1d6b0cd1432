import { checkConsent } from './check-consent.ts'
import { checkContent } from './check-content.ts'
import { checkPlaceholders } from './check-placeholders.ts'
import { checkReach } from './check-reach.ts'
import { checkSilence } from './check-silence.ts'
import { checkStructure } from './check-structure.ts'
import { checkTriggers } from './check-triggers.ts'
import { checkWordsExist, checkWordsUsed } from './check-words.ts'
import type { Draft } from './draft.ts'
import { checkAsked, checkIntents } from './intents-format.ts'
import type { Problem } from './problem.ts'
import { problemAt, sortProblems } from './problem.ts'
import { checkSubjects } from './subjects-format.ts'

/** Every mistake in everything the authors wrote, at once. `today` is a day such as `2026-11-21`. */
export function check(draft: Draft, today: string): readonly Problem[] {
  return sortProblems([
    ...draft.problems,
    ...checkStructure(draft),
    ...checkReach(draft),
    ...checkSilence(draft),
    ...checkWordsExist(draft),
    ...checkWordsUsed(draft),
    ...checkPlaceholders(draft),
    ...checkTriggers(draft),
    ...checkConsent(draft),
    ...checkSubjects(draft),
    ...checkAsked(draft.asked, (id) => draft.flows.has(id)),
    ...checkIntents(draft.intents, (id) => draft.flows.has(id) || draft.topics.some(({ topic }) => topic.id === id)),
    ...checkContent(draft, today),
  ])
}

/** People are pinned to what was published, so a structure goes into use only once it is kept. */
export function checkAllPublished(draft: Draft): readonly Problem[] {
  const kept = new Map(draft.published.map((one) => [`${one.flow.id}@${one.flow.revision}`, one]))
  return [...draft.flows.values()].flatMap(({ flow, place }) => {
    const one = kept.get(`${flow.id}@${flow.revision}`)
    if (one === undefined)
      return [problemAt(place([]), `Bản ${flow.revision} chưa được công bố. Hãy chạy: npm run flows -- publish`)]
    if (one.withdrawn !== null) return [problemAt(place([]), `Bản ${flow.revision} đã bị rút nhưng vẫn đang dùng.`)]
    return []
  })
}
