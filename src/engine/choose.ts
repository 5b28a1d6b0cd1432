import type { Book, Node } from './book.ts'
import { readAge } from './clock/age.ts'
import { digitsFor, numberWord } from './clock/numbers.ts'
import type { FillValue, Instant, Option } from './content.ts'
import type { Directory } from './facts.ts'
import { formatDateTime } from './hours.ts'
import { readPlace } from './place.ts'
import { contestBy } from './quiz/contest.ts'
import { partOf, questionOf } from './quiz/quiz.ts'
import { wordsOf } from './safe-card.ts'
import { compare, find, particle, type Syllable, syllables, trim, whole } from './text.ts'
import { readYesNo } from './yes-no.ts'

export type Ask = Extract<Node, { type: 'ask' }>

export interface AnswerContext {
  book: Book
  directory: Directory
  at: Instant
}

/** A sentence may say more than where; it is read for that first. */
export const SENTENCE = 8

/** The plain text of a choice's label. */
export function labelText(label: FillValue, book: Book, directory: Directory): string {
  switch (label.type) {
    case 'words':
      return wordsOf(book, label.key, 'vi')[0] ?? label.key
    case 'point':
      return directory.points.find((p) => p.id === label.id)?.name ?? label.id
    case 'commune': {
      const commune = directory.communes.find((c) => c.id === label.id)
      return commune ? `${commune.name}, ${commune.province}` : label.id
    }
    case 'topic':
      return book.topics.find((t) => t.id === label.id)?.title ?? label.id
    case 'text':
      return label.text
    case 'quiz':
      return partOf(questionOf(book, label), label.part)
    case 'contest':
      return partOf(contestBy(directory, label.id)?.questions[label.n], label.part)
    case 'instant':
      return formatDateTime(label.at)
    default:
      return ''
  }
}

const POSITION = /^(?:(?:chon|lay|bam|nhan|go) )?(?:(?:so|cau|chon|phuong an|muc|y|nut|cai|cach|thu|dong) ){0,2}(\S+)$/

/** The choice whose position is all that was typed: "2", "câu 2", "số hai ạ". */
export function byNumber(options: readonly Option[], text: string): Option | null {
  const typed = trim(syllables(text.slice(0, 100)))
  const last = typed.at(-1)
  if (!last || !POSITION.test(typed.map((s) => s.bare).join(' '))) return null
  const position = numberWord(last)
  return position === null ? null : (options[position - 1] ?? null)
}

/** The one choice whose label or synonym is all that was typed. */
export function byName(options: readonly Option[], text: string, context: AnswerContext): Option | null {
  return named(options, syllables(text), context)
}

/** Where several names fit, the longest is meant: "con tôi" is their child, though "tôi" alone is themselves. */
function named(options: readonly Option[], typed: readonly Syllable[], context: AnswerContext): Option | null {
  const fits = options.map((option) => ({
    option,
    length: Math.max(0, ...names(option, context).map((name) => (whole(typed, name) === 'none' ? 0 : name.length))),
  }))
  const longest = Math.max(0, ...fits.map(({ length }) => length))
  const same = fits.filter(({ length }) => length > 0 && length === longest)
  return same.length === 1 ? same[0]!.option : null
}

/** What people call themselves, beside their age. */
const SELVES = syllables('em mình tôi tui cháu con anh chị tớ năm nay được mới vừa')
const AGE = /\b(?:\d{1,3} ?(?:tuoi|t)|(?:sinh nam|nam sinh|sn) \d{4}|2k\d{1,2}|\d{1,2}$)(?= |$)/

/**
 * The choice an age means: "em 19", "17 tuổi ạ", "con tôi 16 tuổi". Beside the age stands nothing, or what names a choice: that
 * of their own without an age of its own, or one of those with ages, among which the age decides.
 */
export function byAge(ask: Ask, options: readonly Option[], text: string, context: AnswerContext): Option | null {
  const aged = ask.choices.filter(({ ages }) => ages)
  const age = aged.length === 0 ? null : readAge(text, context.at)
  const typed = syllables(text.slice(0, 100))
  if (age === null || typed.length > SENTENCE) return null
  const rest = syllables(digitsFor(typed, (_, after) => after === 'tuoi').replace(AGE, ''))
  const said = named(options, rest, context)
  if (said && !aged.some(({ id }) => id === said.id)) return said
  const alone = rest.every((one) => particle(one) || SELVES.some((self) => compare(one, self) !== 'none'))
  if (!said && !(alone && aged.length > ask.choices.length / 2)) return null
  const meant = aged.find(({ ages: [from, to] = [0, -1] }) => age >= from && age <= to)
  return options.find(({ id }) => id === meant?.id) ?? null
}

/**
 * Where points are listed, the one that a few typed syllables name or that serves the place they name, also when the
 * list was too long to show it.
 */
export function byPoint(ask: Ask, text: string, { directory }: AnswerContext): Option | null {
  const said = syllables(text)
  if (ask.from?.list !== 'points' || said.length < 2 || said.length > SENTENCE) return null
  const typed = trim(said)
  const called = typed.length < 2 ? [] : directory.points.filter(({ name }) => holds(syllables(name), typed))
  const found = called.length > 0 ? called : pointsAt(text, directory)
  return found.length === 1 ? { id: found[0]!.id, label: { type: 'point', id: found[0]!.id } } : null
}

/** Do these syllables stand in the name, as they are or typed without marks. */
function holds(name: readonly Syllable[], typed: readonly Syllable[]): boolean {
  return name.some((_, start) =>
    typed.every((one, i) => {
      const part = name[start + i]
      return part !== undefined && compare(one, part) !== 'none'
    }),
  )
}

function pointsAt(text: string, directory: Directory): Directory['points'] {
  const place = readPlace(text, directory)
  const communes = place.type === 'commune' ? [place.id] : place.type === 'several' ? place.communes : []
  return directory.points.filter((point) => point.communes.some((id) => communes.includes(id)))
}

const DENIALS = syllables('không ko k hông hổng chưa')
/** Typed bare these are mostly dùng, đúng, cha, chàng. */
const MARKED_DENIALS = syllables('đừng chả chẳng')

function denies(typed: Syllable): boolean {
  return (
    DENIALS.some((word) => compare(typed, word) !== 'none') ||
    MARKED_DENIALS.some((word) => compare(typed, word) === 'exact')
  )
}

/** The one choice whose label or synonym of two syllables or more stands in the text, unless the text denies it. */
export function byLabelInside(options: readonly Option[], text: string, context: AnswerContext): Option | null {
  const typed = syllables(text)
  const denials = (of: readonly Syllable[]) => of.filter(denies).length
  const inside = options.filter((option) =>
    names(option, context).some(
      (name) => name.length > 1 && find(typed, name) !== 'none' && denials(typed) <= denials(name),
    ),
  )
  return inside.length === 1 ? inside[0]! : null
}

function names(option: Option, { book, directory }: AnswerContext): readonly (readonly Syllable[])[] {
  const label = labelText(option.label, book, directory)
  const all = option.label.type === 'words' ? [label, ...book.synonyms(option.label.key)] : [label]
  return all.map(syllables)
}

/** Choices `co` and `khong`; "dung" typed bare is đúng. */
export function yesNo(text: string, options: readonly Option[]): Option | null {
  const meant = readYesNo(text)
  return meant === null ? null : (options.find((o) => o.id === (meant ? 'co' : 'khong')) ?? null)
}
