import { compare, type Syllable, syllables } from '../text.ts'
import type { Reason } from './rules.ts'

/** Where something stands in a message, in syllables. */
export interface Place {
  start: number
  end: number
}

/** Where the people of a message stand, and whether it tells what mostly whoever has it tells of. */
export interface People {
  self: readonly Place[]
  other: readonly Place[]
  feels: boolean
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
export const isChild = among('con cháu')
/** From the one who gives to the verb, and from there to whom, are at most so many syllables. */
const NEAR = 3

/**
 * Who feels what is told, by where the people stand: not whoever only gives something to the writer or stands beside, unless that
 * one is named again.
 *
 * @param typed the syllables the places are counted in
 * @returns null where the places alone do not tell
 */
export function byPlaces(typed: readonly Syllable[], people: People): Who | null {
  const self = people.self.filter(({ start, end }) => !people.other.some((one) => one.start <= start && end <= one.end))
  if (!people.feels || people.other.length === 0 || self.length === 0) return null
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
  const beside = ({ start }: Place) => isBeside(typed[start - 1])
  // "Em ở nhà với mẹ em, mẹ khó thở"; "em" of "em gái em" may be the writer.
  const again = ({ start, end }: Place) =>
    !people.self.some((one) => one.start === start) &&
    typed.slice(end).some((one) => one.marked === typed[start]!.marked)
  if (!people.other.every((one) => gives(one) || beside(one))) return null
  return people.other.some((one) => beside(one) && again(one)) ? 'other' : 'self'
}

/** Who is in danger by the plainest sign, where there is nothing that learnt it: another person named is. */
export function byNames({ self, other, feels }: People, reason: Reason): Who {
  if (other.length > 0) return 'other'
  return self.length === 0 && !feels && TOLD.includes(reason) ? 'other' : 'self'
}
