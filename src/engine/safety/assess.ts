import type { Book } from '../book.ts'
import { reasonOf } from '../learned/reason.ts'
import { judge } from '../learned/stack.ts'
import { weigh } from '../learned/weigh.ts'
import { whoseOf } from '../learned/whose.ts'
import { match } from '../triggers.ts'
import { type Danger, FEW, type Heard, hear, seenOf, worst } from './detect.ts'
import type { Reason } from './rules.ts'
import { plainly, type Who, whoIs } from './who.ts'

/** Sorrow, a craving and a lapse are never an emergency of their own. */
const SLOW: readonly string[] = ['distress', 'craving', 'lapse']

/**
 * The danger in a message: by the rules that are sure, by what the weights learnt, which may raise a level and never
 * lower one, by the rules that hold with their consent, and by the words of the book that call for help.
 */
export function assess(book: Book, text: string): Danger {
  const pieces = book.safety ? hear(book.safety, text) : []
  const dangers = pieces.map((piece) => raised(book, piece))
  const worse = worst(dangers)
  const piece = pieces[dangers.indexOf(worse)]
  const heard = piece === undefined ? worse : { ...worse, who: whoOf(book, piece, worse) }
  if (heard.level === 'emergency') return heard
  const phrase = match(book, text, ['emergency'])
  if (!phrase) return heard
  return { ...heard, level: 'emergency', reason: phrase.trigger.reason as Reason, rule: phrase.trigger.id }
}

/** Who is in danger: by the places of the people where they tell it, else as it was learnt. */
function whoOf({ whose }: Book, heard: Heard, { level, reason, who }: Danger): Who {
  if (!whose || level === 'none') return who
  return plainly(heard.typed, heard.people()) ?? whoseOf(whose, heard, reason ?? 'emergency')
}

function raised({ learned, safety }: Book, heard: Heard): Danger {
  const { typed, people, danger, hint } = heard
  if (!learned || !safety) return hint
  // A single word says too little for the weights; rules know those that say enough.
  if (danger.level === 'emergency' || typed.length < 2) return danger
  const { bars } = learned
  const seen = seenOf(heard)
  const layer = weigh(learned, seen)
  const odds = judge(learned, layer, seen)
  // The whole up to `FEW` syllables, nothing from twice as many on, nor where a rule sees a danger.
  const few = hint.level === 'none' ? Math.max(0, Math.min(1, 2 - typed.length / FEW)) : 0
  const more = bars.short * few
  const some = odds.danger - more
  const emergency = odds.emergency - more
  if (some < bars.danger && some + emergency < bars.both) return danger
  const grave = emergency >= bars.emergency
  // A rule that asks a question knows why; only an emergency is more.
  if (hint.level === 'check' && !grave) return worst([danger, hint])
  const likely = reasonOf(learned, layer)
  const reason = hint.reason === null || (grave && SLOW.includes(hint.reason)) ? likely : hint.reason
  const level = grave && !SLOW.includes(reason) ? 'emergency' : 'urgent'
  return worst([danger, hint, { level, reason, who: whoIs(people(), reason), rule: 'learned' }])
}
