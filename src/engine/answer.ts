import {
  type AnswerContext,
  type Ask,
  byAge,
  byLabelInside,
  byName,
  byNumber,
  byPoint,
  SENTENCE,
  yesNo,
} from './choose.ts'
import { readDate, whyNoDay } from './clock/dates.ts'
import { readNumber } from './clock/numbers.ts'
import { readTime } from './clock/times.ts'
import { readWhen, type When } from './clock/when.ts'
import type { Id, Option } from './content.ts'
import { readPhone } from './phone.ts'
import { readPlace } from './place.ts'
import { compare, syllables } from './text.ts'

export type Answer =
  /** `option` is set when a choice was meant; its own route goes first. */
  | { type: 'code'; value: string; option: string | null }
  | { type: 'words'; text: string }
  /** Several communes carry this name. */
  | { type: 'several'; communes: readonly Id[] }
  | { type: 'unknown_place' }
  | { type: 'missed' }
  /** A day or a time that is not among the choices. */
  | { type: 'when'; when: When }
  /** A day that cannot be meant: it is over, or there is none such. */
  | { type: 'no_day'; why: 'past' | 'no_such_day' }

/**
 * How freely a text is read: `plain` takes no free words, since the text may be a verb; `whole` takes a choice only
 * when all of the text names it; `inside` also when it stands in a longer text; `any` takes a place nobody knows.
 */
export type Reading = 'plain' | 'whole' | 'inside' | 'any'

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
      return (
        chosen(
          numbered,
          named,
          () => byAge(ask, options, text, context),
          () => byPoint(ask, text, context),
          inside,
        ) ?? MISSED
      )
    case 'yes_no':
      return chosen(numbered, () => yesNo(text, options), named, inside) ?? MISSED
    case 'number':
      return chosen(named) ?? code(readNumber(text)) ?? chosen(numbered) ?? MISSED
    case 'date':
      return chosen(named) ?? code(readDate(text, context.at)) ?? chosen(numbered) ?? MISSED
    case 'time':
      // Where choices are answers of their own, "2" is the second of them and "21" o'clock is still an hour.
      return (
        chosen(named, ...(ask.choices.some(({ save }) => save) ? [numbered] : [])) ??
        code(readTime(text)) ??
        chosen(numbered, inside) ??
        MISSED
      )
    case 'phone': {
      const phone = readPhone(text)
      if (phone !== null) return { type: 'words', text: phone }
      return chosen(named, numbered, inside) ?? MISSED
    }
    case 'slot': {
      const offered = chosen(numbered, named)
      if (offered) return offered
      const why = whyNoDay(text, context.at)
      if (why) return { type: 'no_day', why }
      const when = readWhen(text, context.at)
      return when ? { type: 'when', when } : (chosen(inside) ?? MISSED)
    }
    case 'text': {
      const words = text.trim()
      if (ask.short && isNoName(words)) return chosen(named, numbered, inside) ?? MISSED
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

/** A name is a few words; "công an có biết không" asks something and is to be answered. */
const NAME = 6
const ASKS = syllables('không ko hả sao gì nào đâu chưa ai nhỉ')
const isNoName = (text: string): boolean => {
  const typed = syllables(text)
  const asks = typed.length > 3 && ASKS.some((word) => compare(typed.at(-1)!, word) !== 'none')
  return text.includes('?') || typed.length > NAME || asks
}

const UNKNOWN_PLACE: Answer = { type: 'unknown_place' }

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
