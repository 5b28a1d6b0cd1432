import type { Book, Node } from './book.ts'
import { numberWord, readDate, readNumber, readTime } from './clock-words.ts'
import type { FillValue, Id, Instant, Option } from './content.ts'
import type { Directory } from './facts.ts'
import { readPhone } from './phone.ts'
import { readPlace } from './place.ts'
import { wordsOf } from './safe-card.ts'
import { compare, find, type Syllable, syllables, trim, whole } from './text.ts'
import { readYesNo } from './yes-no.ts'

export type Ask = Extract<Node, { type: 'ask' }>

export type Answer =
  /** `option` is set when a choice was meant; its own route goes first. */
  | { type: 'code'; value: string; option: string | null }
  | { type: 'words'; text: string }
  /** Several communes carry this name. */
  | { type: 'several'; communes: readonly Id[] }
  | { type: 'unknown_place' }
  | { type: 'missed' }

/**
 * How freely a text is read: `plain` takes no free words, since the text may be a verb; `whole` takes a choice only
 * when all of the text names it; `inside` also when it stands in a longer text; `any` takes a place nobody knows.
 */
export type Reading = 'plain' | 'whole' | 'inside' | 'any'

export interface AnswerContext {
  book: Book
  directory: Directory
  at: Instant
}

const MISSED: Answer = { type: 'missed' }

/**
 * Reads a typed text as the answer to a question: a shown choice (number, label, synonym, with or without marks), or
 * the kind the question asks for. Where a bare number is itself an answer ("8" o'clock) it is no choice's position.
 */
export function parseAnswer(
  ask: Ask,
  options: readonly Option[],
  text: string,
  context: AnswerContext,
  reading: Reading,
): Answer {
  const named = () => byName(options, text, context)
  const inside = () => (reading === 'inside' || reading === 'any' ? byLabelInside(options, text, context) : null)
  const numbered = () => byNumber(options, text)
  const chosen = (...ways: readonly (() => Option | null)[]): Answer | null => {
    for (const way of ways) {
      const option = way()
      if (option) return fromOption(option)
    }
    return null
  }
  switch (ask.answer) {
    case 'choice':
      return chosen(numbered, named, () => byPoint(ask, text, context), inside) ?? MISSED
    case 'yes_no':
      return chosen(numbered, () => yesNo(text, options), named, inside) ?? MISSED
    case 'number':
      return chosen(named) ?? code(readNumber(text)) ?? chosen(numbered) ?? MISSED
    case 'date':
      return chosen(named) ?? code(readDate(text, context.at)) ?? chosen(numbered) ?? MISSED
    case 'time':
      // Where choices are answers of their own, "2" is the second of them and "21" o'clock is still an hour.
      return chosen(named, ...(ask.choices.some(({ save }) => save) ? [numbered] : [])) ?? code(readTime(text)) ?? chosen(numbered, inside) ?? MISSED
    case 'phone': {
      const phone = readPhone(text)
      if (phone !== null) return { type: 'words', text: phone }
      return chosen(named, numbered, inside) ?? MISSED
    }
    case 'text': {
      const words = text.trim()
      return chosen(named, numbered) ?? (words === '' || reading === 'plain' ? MISSED : { type: 'words', text: words })
    }
    case 'place':
      return (
        chosen(numbered, named) ??
        place(text, context, reading) ??
        chosen(inside) ??
        (reading === 'any' ? UNKNOWN_PLACE : MISSED)
      )
    default:
      return ask.answer satisfies never
  }
}

const UNKNOWN_PLACE: Answer = { type: 'unknown_place' }

/** A sentence may say more than where; it is read for that first. */
const SENTENCE = 8

function place(text: string, { directory }: AnswerContext, reading: Reading): Answer | null {
  if ((reading === 'plain' || reading === 'whole') && syllables(text).length > SENTENCE) return MISSED
  const named = readPlace(text, directory)
  switch (named.type) {
    case 'commune':
      return code(named.id)
    case 'several':
      return named
    // The words of the second asking ask for the commune.
    case 'province':
    case 'nothing':
      return MISSED
    case 'unknown':
      return null
    default:
      return named satisfies never
  }
}

export function fromOption(option: Option): Answer {
  if (option.label.type === 'commune') return { type: 'code', value: option.label.id, option: null }
  return { type: 'code', value: option.id, option: option.id }
}

function code(value: string | number | null): Answer | null {
  return value === null ? null : { type: 'code', value: String(value), option: null }
}

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
    default:
      return ''
  }
}

const POSITION = /^(?:(?:chon|lay|bam|nhan|go) )?(?:(?:so|cau|chon|phuong an|muc|y|nut|cai|cach|thu|dong) ){0,2}(\S+)$/

/** The choice whose position is all that was typed: "2", "câu 2", "số hai ạ". */
function byNumber(options: readonly Option[], text: string): Option | null {
  const typed = trim(syllables(text.slice(0, 100)))
  const last = typed.at(-1)
  if (!last || !POSITION.test(typed.map((s) => s.bare).join(' '))) return null
  const position = numberWord(last)
  return position === null ? null : (options[position - 1] ?? null)
}

/** The one choice whose label or synonym is all that was typed. */
function byName(options: readonly Option[], text: string, context: AnswerContext): Option | null {
  const typed = syllables(text)
  const same = options.filter((option) => names(option, context).some((name) => whole(typed, name) !== 'none'))
  return same.length === 1 ? same[0]! : null
}

/**
 * Where points are listed, the one that a few typed syllables name or that serves the place they name, also when the
 * list was too long to show it.
 */
function byPoint(ask: Ask, text: string, { directory }: AnswerContext): Option | null {
  const typed = trim(syllables(text))
  if (ask.from?.list !== 'points' || typed.length < 2 || typed.length > SENTENCE) return null
  const called = directory.points.filter(({ name }) => find(syllables(name), typed) !== 'none')
  const found = called.length > 0 ? called : pointsAt(text, directory)
  return found.length === 1 ? { id: found[0]!.id, label: { type: 'point', id: found[0]!.id } } : null
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
function byLabelInside(options: readonly Option[], text: string, context: AnswerContext): Option | null {
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
function yesNo(text: string, options: readonly Option[]): Option | null {
  const meant = readYesNo(text)
  return meant === null ? null : (options.find((o) => o.id === (meant ? 'co' : 'khong')) ?? null)
}
