import type { Instant } from '../content.ts'
import { localTime } from '../hours.ts'
import { type Syllable, syllables } from '../text.ts'
import { digitsFor } from './numbers.ts'

const OLDEST = 110

/** An age in years: "17 tuổi", "em 17t", "mười bảy tuổi", "sinh năm 2008", "2k8"; null when none is told. */
export function readAge(text: string, now: Instant): number | null {
  const typed: readonly Syllable[] = syllables(text.slice(0, 200))
  const words = digitsFor(typed, (_, after) => after === 'tuoi')
  const told = /\b(\d{1,3}) ?(?:tuoi|t)\b/.exec(words)
  const born = /\b(?:sinh nam|sn|nam sinh) (\d{4})\b/.exec(words)
  const short = /\b2k(\d{1,2})\b/.exec(words)
  const year = born ? Number(born[1]) : short ? 2000 + Number(short[1]) : null
  const alone = /^(?:(?:em|chau|con|toi|minh|tui|nam nay|moi|duoc|da) )*(\d{1,2})$/.exec(words)
  const age = told ? Number(told[1]) : year !== null ? localTime(now).year - year : alone ? Number(alone[1]) : null
  return age !== null && age >= 0 && age <= OLDEST ? age : null
}
