import { compare, particle, type Syllable, syllables } from './text.ts'

const YES = (
  'có|ừ|ừm|ừa|ờ|uh|um|uhm|uk|ukm|ừ hử|ok|oke|okay|okey|okie|oki|ô kê|đúng|phải|vâng|dạ|được|được thôi|được rồi|dc|đc|đk|' +
  'đồng ý|yes|yeah|yep|chuẩn|chính xác|rồi|chứ|y|chắc chắn|1|xác nhận|tất nhiên|nhất trí|đúng vậy|đúng thế|ok thôi'
)
  .split('|')
  .map(syllables)
const NO =
  'không|ko|k|kg|hk|kh|hok|hông|hong|hổng|hem|khum|nỏ|no|nope|chưa|chả|chẳng|thôi|thôi khỏi|sai|sai rồi|khỏi|khỏi cần|chưa được|không cần|n|2|đâu|đâu có|đâu phải'
    .split('|')
    .map(syllables)
/** Before a yes these deny it: "hổng có", "chưa đúng". */
const NOT = new Set(syllables('không ko k kg hk kh hok hông hong hổng hem khum nỏ chưa chả chẳng').map((s) => s.bare))
/** "dung" typed bare is đúng, so this one needs its marks. */
const FORBID = syllables('đừng')[0]!

const SIGNS: readonly (readonly [RegExp, boolean])[] = [
  [/^(?:👍|👌|✅|✔|☑|🆗|🙆)+$/u, true],
  [/^(?:👎|❌|✖|🙅|🚫)+$/u, false],
]
const SKIN = /\s|\p{Emoji_Modifier}|\ufe0f/gu

/**
 * Yes, no, or null when neither is clear. The whole text must be made of such words ("ừ đúng rồi", "dạ không ạ");
 * the longest phrase counts, so "không đúng" is a no.
 */
export function readYesNo(text: string): boolean | null {
  const sign = text.slice(0, 40).replace(SKIN, '')
  for (const [shape, meant] of SIGNS) if (shape.test(sign)) return meant
  const typed = syllables(text)
  if (typed.length > 8) return null
  let yes = false
  let no = false
  let polite = false
  for (let at = 0; at < typed.length; ) {
    const forbidden = typed[at]!.marked === FORBID.marked
    const said = forbidden ? 0 : longest(typed, at, YES)
    const denied = forbidden ? 1 : longest(typed, at, NO)
    if (said === 0 && denied === 0) {
      if (!particle(typed[at]!)) return null
      at++
      continue
    }
    // "dạ không" is a polite no: "dạ" and "vâng" alone say yes, before another word they only greet it.
    if (denied > said) no = true
    else if (COURTESY.has(typed[at]!.bare)) polite = true
    else yes = true
    const word = typed[at]!
    at += Math.max(said, denied)
    if (denied > said && NOT.has(word.bare)) at += longest(typed, at, YES)
  }
  if (yes === no) return yes ? null : polite ? true : null
  return yes
}

const COURTESY = new Set(['da', 'vang'])

function longest(typed: readonly Syllable[], at: number, phrases: readonly (readonly Syllable[])[]): number {
  let best = 0
  for (const phrase of phrases) {
    if (phrase.length <= best || at + phrase.length > typed.length) continue
    if (phrase.every((wanted, i) => compare(typed[at + i]!, wanted) !== 'none')) best = phrase.length
  }
  return best
}
