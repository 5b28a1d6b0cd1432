import { fold } from './text.ts'

/** People's ways of naming themselves that the bot may answer with. */
const PRONOUNS = ['em', 'cháu', 'con', 'bác', 'cô', 'chú', 'anh', 'chị']
/** Typed without marks these are mostly other words (có, còn, chứ, bạc, chi). */
const NEEDS_MARKS = new Set(['co', 'con', 'chu', 'bac', 'chi'])
const OPENING = new Set(['da', 'vang', 'a', 'alo', 'chao', 'xin', 'ban', 'oi', 'thua', 'ad'])
/** What follows somebody's own name for themselves at the beginning of a message. */
const ASKING = new Set('muon can hoi xin nho chao'.split(' '))
/** Em and cháu say it of themselves before nearly any verb; the others are as often the person spoken to or of. */
const YOUNGER = new Set(
  'bi dang la co khong ko k vua moi da o thay nghi lo biet dung choi cung van se dinh met buon uong di nghe tim bo cai goi gui'.split(
    ' ',
  ),
)
/** Said of oneself at any age: "chị mệt quá", "bác lo lắm". */
const FEELING = new Set('met lo so buon'.split(' '))
/** "Bác có con trai nghiện" speaks of oneself; "anh có biết" asks somebody. */
const FAMILY = new Set('con chau dua thang chong vo nguoi em anh chi bo me'.split(' '))
/** After somebody was called ("cháu ơi, bác…") an elder's word is the writer's own, unless a relative is meant. */
const NOT_SELF = new Set('toi em chau con oi ay gai trai nao ta no minh nha'.split(' '))
const ELDERS = new Set(['bác', 'cô', 'chú', 'anh', 'chị'])
/** "Cho chị hỏi": whoever is between says who writes. */
const LET_ASK = new Set('hoi xin gap biet xem nho dang'.split(' '))

/** How the writer speaks of themselves, when a message opens with it; never guessed otherwise. */
export function noticePronoun(text: string): string | null {
  const words = text
    .slice(0, 200)
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s,.!?:;]+/)
    .filter(Boolean)
    .slice(0, 8)
  const bare = words.map(fold)
  for (let i = 0; i + 2 < words.length; i++) {
    const self = pronounOf(words[i + 1]!)
    if (bare[i] === 'cho' && self !== null && LET_ASK.has(bare[i + 2]!)) return self
  }
  const { at, called } = afterAddress(words, bare)
  const self = at < 0 ? null : pronounOf(words[at] ?? '')
  const [next = '', third = ''] = bare.slice(at + 1)
  if (self === null || next === '') return null
  return ASKING.has(next) || tellsOfSelf(self, next, third, called) ? self : null
}

/** Where the writer begins to speak, after "chào cháu" and "chị ơi". */
function afterAddress(words: readonly string[], bare: readonly string[]): { at: number; called: boolean } {
  let at = bare.findIndex((word) => !OPENING.has(word))
  const greeted = bare.slice(0, Math.max(at, 0)).includes('chao')
  let called = false
  while (at >= 0 && pronounOf(words[at] ?? '') !== null) {
    if (bare[at + 1] === 'oi') at += 2
    else if (greeted && pronounOf(words[at + 1] ?? '') !== null) at += 1
    else break
    called = true
  }
  return { at, called }
}

function tellsOfSelf(self: string, next: string, third: string, called: boolean): boolean {
  const aged = self !== 'con' && (/^\d{1,2}t$/.test(next) || (/^\d{1,2}$/.test(next) && /^t(?:uoi)?$/.test(third)))
  if (aged || (self !== 'con' && FEELING.has(next))) return true
  if (self === 'em' || self === 'cháu') return YOUNGER.has(next)
  if (!ELDERS.has(self)) return false
  return (next === 'co' && FAMILY.has(third)) || (called && !NOT_SELF.has(next))
}

function pronounOf(word: string): string | null {
  const bare = fold(word)
  return PRONOUNS.find((p) => p === word || (bare === word && fold(p) === word && !NEEDS_MARKS.has(word))) ?? null
}
