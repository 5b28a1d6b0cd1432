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
  const first = bare.findIndex((word) => !OPENING.has(word))
  const self = first < 0 ? null : pronounOf(words[first]!)
  const next = bare[first + 1] ?? ''
  if (self === null) return null
  if (ASKING.has(next)) return self
  const younger = (self === 'em' || self === 'cháu') && YOUNGER.has(next)
  return younger ? self : null
}

function pronounOf(word: string): string | null {
  const bare = fold(word)
  return PRONOUNS.find((p) => p === word || (bare === word && fold(p) === word && !NEEDS_MARKS.has(word))) ?? null
}
