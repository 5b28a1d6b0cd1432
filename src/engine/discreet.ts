import { find, syllables } from './text.ts'

/** The words of a list that a text says, with marks or without: what would tell a stranger what this is about. */
export function tellingWords(text: string, list: readonly string[]): readonly string[] {
  const typed = syllables(text)
  return list.filter((word) => find(typed, syllables(word)) !== 'none')
}
