import { LANGUAGES, languageOf } from '../../engine/language.ts'

/** Vietnamese is recorded too: for the loudspeaker, and for those who read with difficulty. */
export const VIETNAMESE = 'vi'

export const SPOKEN_LANGUAGES: readonly { id: string; name: string }[] = [
  { id: VIETNAMESE, name: 'tiếng Việt' },
  ...LANGUAGES,
]

export function spokenName(id: string): string {
  return id === VIETNAMESE ? 'tiếng Việt' : (languageOf(id)?.name ?? id)
}
