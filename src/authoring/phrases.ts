import type { Syllable } from '../engine/text.ts'
import { find, syllables } from '../engine/text.ts'
import type { WordingRule } from './stigma-format.ts'

export interface Phrases {
  rule: WordingRule
  phrases: readonly { phrase: string; typed: readonly Syllable[] }[]
  contexts: readonly (readonly Syllable[])[]
}

/** Rules of wording, ready to be looked for. */
export function readyRules(rules: readonly WordingRule[]): readonly Phrases[] {
  return rules.map((rule) => ({
    rule,
    phrases: rule.avoid.map((phrase) => ({ phrase, typed: syllables(phrase) })),
    contexts: rule.unless.map(syllables),
  }))
}

/** The phrase of the rule that a sentence holds, written with its marks and without any of the contexts that allow it. */
export function phraseIn(typed: readonly Syllable[], { phrases, contexts }: Phrases): string | null {
  if (contexts.some((context) => holds(typed, context))) return null
  return phrases.find(({ typed: phrase }) => holds(typed, phrase))?.phrase ?? null
}

export function holds(text: readonly Syllable[], phrase: readonly Syllable[]): boolean {
  return find(text, phrase) === 'exact'
}
