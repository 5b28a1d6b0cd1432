import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Book, Node } from './book.ts'
import { readDate, readNumber, readTime } from './clock-words.ts'
import type { FillValue, Id, Instant, Option } from './content.ts'
import type { Directory } from './facts.ts'
import { wordsOf } from './safe-card.ts'
import { find, fold, syllables, whole } from './text.ts'

export type Ask = Extract<Node, { type: 'ask' }>

export type Answer =
  /** `option` is set when a choice was meant; its own route goes first. */
  | { type: 'code'; value: string; option: string | null }
  | { type: 'words'; text: string }
  /** Several communes carry this name. */
  | { type: 'several'; communes: readonly Id[] }
  | { type: 'unknown_place' }
  | { type: 'missed' }

/** A choice may be named by the whole text, or also inside a longer one. */
export type Naming = 'whole' | 'inside'

export interface AnswerContext {
  book: Book
  directory: Directory
  at: Instant
}

/**
 * Reads a typed text as the answer to a question: a shown choice first (number, label, synonym, with or without
 * marks), then the kind the question asks for.
 */
export function parseAnswer(
  ask: Ask,
  options: readonly Option[],
  text: string,
  context: AnswerContext,
  naming: Naming,
): Answer {
  const option = (ask.answer === 'yes_no' ? yesNo(text, options) : null) ?? chosen(options, text, context, naming)
  if (option) return fromOption(option)
  switch (ask.answer) {
    case 'choice':
    case 'yes_no':
      return { type: 'missed' }
    case 'number': {
      const value = readNumber(text)
      return value === null ? { type: 'missed' } : code(String(value))
    }
    case 'date': {
      const value = readDate(text, context.at)
      return value === null ? { type: 'missed' } : code(value)
    }
    case 'time': {
      const value = readTime(text)
      return value === null ? { type: 'missed' } : code(String(value))
    }
    case 'phone': {
      const phone = readPhone(text)
      return phone === null ? { type: 'missed' } : { type: 'words', text: phone }
    }
    case 'text':
      return text.trim() === '' ? { type: 'missed' } : { type: 'words', text: text.trim() }
    case 'place':
      return readPlace(text, context.directory)
    default:
      return ask.answer satisfies never
  }
}

export function fromOption(option: Option): Answer {
  if (option.label.type === 'commune') return { type: 'code', value: option.label.id, option: null }
  return { type: 'code', value: option.id, option: option.id }
}

function code(value: string): Answer {
  return { type: 'code', value, option: null }
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

/** Each polite word stands alone: two ways to read the same tail would let a long one freeze the service. */
const NUMBERED = /^(?:so|cau|chon|phuong an|muc|y|nut|cai|cach)?\s*(\w+)(?:\s+(?:a|nhe|nha|di|em))*$/

/** The choice a text means, when it means exactly one. */
function chosen(options: readonly Option[], text: string, context: AnswerContext, naming: Naming): Option | null {
  if (options.length === 0) return null
  const number = NUMBERED.exec(fold(text))
  const position = number ? readNumber(number[1]!) : null
  if (position !== null) return options[position - 1] ?? null
  const typed = syllables(text)
  const names = options.map((option) => phrases(option, context).map(syllables))
  const same = options.filter((_, i) => names[i]!.some((name) => whole(typed, name) !== 'none'))
  if (same.length === 1) return same[0]!
  if (naming === 'whole') return null
  const inside = options.filter((_, i) => names[i]!.some((name) => name.length > 1 && find(typed, name) !== 'none'))
  return same.length === 0 && inside.length === 1 ? inside[0]! : null
}

function phrases(option: Option, { book, directory }: AnswerContext): readonly string[] {
  const label = labelText(option.label, book, directory)
  return option.label.type === 'words' ? [label, ...book.synonyms(option.label.key)] : [label]
}

const YES = (
  'có|ừ|ừm|uh|um|ok|oke|okay|okie|đúng|đúng rồi|đúng vậy|đúng thế|phải|phải rồi|vâng|dạ|dạ vâng|được|dc|đc|' +
  'đồng ý|yes|chuẩn|chính xác|rồi|có chứ|có ạ|y|chắc chắn|1|xác nhận'
)
  .split('|')
  .map(syllables)
const NO = 'không|ko|k|kg|hok|hông|hổng|no|chưa|thôi|sai|sai rồi|không phải|khỏi|không cần|hong|n|2|đừng'
  .split('|')
  .map(syllables)

/** Choices `co` and `khong`; "dung" typed bare is đúng. */
function yesNo(text: string, options: readonly Option[]): Option | null {
  const meant = readYesNo(text)
  if (meant === null) return null
  return options.find((o) => o.id === (meant ? 'co' : 'khong')) ?? null
}

/** Yes, no, or null when neither is clear. */
export function readYesNo(text: string): boolean | null {
  const typed = syllables(text)
  const yes = YES.some((phrase) => whole(typed, phrase) !== 'none')
  const no = NO.some((phrase) => whole(typed, phrase) !== 'none')
  return yes === no ? null : yes
}

/** A Vietnamese phone number in any local spelling as E.164, or null. Dead eleven-digit numbers are refused. */
export function readPhone(text: string): string | null {
  for (const found of text.slice(0, 200).match(/\+?\d[\d .\-()]{6,18}\d/g) ?? []) {
    const phone = parsePhoneNumberFromString(found, 'VN')
    if (phone?.isValid()) return phone.number
  }
  return null
}

/** Kinds of place written before a name: not part of it. */
const KIND = /^(?:xã|phường|thị trấn|thị xã|thành phố|tp|huyện|quận|tỉnh|đặc khu)\.?\s+/

/** The folded name without its kind; taken off before folding, so that "Sông Mã" keeps its river. */
function placeName(name: string): string {
  return fold(name.normalize('NFC').toLowerCase().trim().replace(KIND, ''))
}

const MOST_PLACES = 12

/** A name of one syllable ("Lâm", "Gôi") says too little inside a sentence. */
function readPlace(text: string, directory: Directory): Answer {
  const whole = placeName(text)
  const typed = ` ${fold(text)} `
  if (whole === '') return { type: 'missed' }
  const ranked = directory.communes
    .map((commune) => {
      const own = placeName(commune.name)
      const names = [own, placeName(commune.province), ...commune.aliases.map(placeName)]
      const inside = names.filter((name) => name.includes(' ') && typed.includes(` ${name} `))
      const exact = names.includes(whole) && placeName(commune.province) !== whole ? 3 : 0
      const named = inside.filter((name) => name !== placeName(commune.province))
      const score = exact > 0 ? exact + inside.length / 10 : named.length === 0 ? 0 : inside.length + (named.includes(own) ? 0.5 : 0)
      return { id: commune.id, score, own: own === whole }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || Number(b.own) - Number(a.own))
  const best = ranked[0]
  if (!best) return { type: 'unknown_place' }
  const equal = ranked.filter(({ score }) => score === best.score)
  if (equal.length === 1) return code(best.id)
  return { type: 'several', communes: equal.slice(0, MOST_PLACES).map(({ id }) => id) }
}
