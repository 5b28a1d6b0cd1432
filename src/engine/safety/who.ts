import { compare, type Syllable, syllables } from '../text.ts'
import type { Reason } from './rules.ts'

/** Where something stands in a message, in syllables. */
export interface Place {
  start: number
  end: number
}

/** Where the people of a message stand, whether it tells what mostly whoever has it tells of, and what nobody tells of themselves. */
export interface People {
  self: readonly Place[]
  other: readonly Place[]
  feels: boolean
  lies: boolean
}

/** Who is in danger. */
export type Who = 'self' | 'other'

/** Things that happen to somebody who cannot write any more, or to a child: told by whoever stands beside them. */
const TOLD: readonly Reason[] = ['overdose', 'poisoning', 'medical', 'withdrawal', 'child', 'fire', 'drowning']
const among = (words: string) => {
  const wanted = syllables(words)
  return (typed: Syllable | undefined) => typed !== undefined && wanted.some((one) => compare(typed, one) !== 'none')
}
/** "Bạn em rủ em thử": the friend is in the tale, not in danger. */
const isGiving = among('rủ cho đưa ép dụ bắt xúi gạ dúi lừa')
/** "Em đang ngồi với bạn em". */
const isBeside = among('với cùng nhà của chung')
/** Whoever has a child may call it so too: "vợ em cho con uống", but not "bạn con rủ con". */
const isChild = among('con cháu')
/** From the one who gives to the verb, and from there to whom, are at most so many syllables. */
const NEAR = 3

/**
 * Whether whoever writes is in danger or somebody else, by where the people stand: another person named is, unless that one only
 * gives something to the writer, or stands beside while the writer feels it.
 *
 * @param typed the syllables the places are counted in
 * @param usual whom the rule that heard it is mostly about
 */
export function whoIs(typed: readonly Syllable[], people: People, reason: Reason, usual?: Who): Who {
  if (usual === 'self' || (usual === 'other' && !people.feels)) return usual
  const self = people.self.filter(({ start, end }) => !people.other.some((one) => one.start <= start && end <= one.end))
  if (people.other.length === 0) return self.length === 0 && !people.feels && TOLD.includes(reason) ? 'other' : 'self'
  if (people.lies || self.length === 0) return 'other'
  const gives = ({ end }: Place) =>
    [0, 1, 2].some(
      (i) =>
        isGiving(typed[end + i]) &&
        self.some(
          ({ start }) =>
            start > end + i &&
            start <= end + i + NEAR &&
            (!isChild(typed[start]) || typed[start]!.bare === typed[end - 1]!.bare),
        ),
    )
  const beside = ({ start }: Place) => people.feels && isBeside(typed[start - 1])
  // "Em ở nhà với mẹ em, mẹ khó thở": who is named again is told about.
  const again = ({ start, end }: Place) => typed.slice(end).some(({ bare }) => bare === typed[start]!.bare)
  return people.other.every((one) => !again(one) && (gives(one) || beside(one))) ? 'self' : 'other'
}
