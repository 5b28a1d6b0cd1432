import type { Book } from '../book.ts'
import { reasonOf } from '../learned/reason.ts'
import { judge } from '../learned/stack.ts'
import { weigh } from '../learned/weigh.ts'
import { whoseOf } from '../learned/whose.ts'
import { match } from '../triggers.ts'
import { type Danger, FEW, type Heard, hear, SAFE, seenOf, worst } from './detect.ts'
import type { Reason } from './rules.ts'
import { byNames, byPlaces, type Who } from './who.ts'

/** A long message has many parts, so in one of them the odds must be so much more; a slice may begin and end anywhere. */
const PART = { sentence: 1, slice: 2.5 }
/** Sorrow, a craving and a lapse are never an emergency of their own. */
const SLOW: readonly string[] = ['distress', 'craving', 'lapse']

/**
 * The danger in a message: by the rules that are sure, by what the weights learnt, which may raise a level and never
 * lower one, by the rules that hold with their consent, and by the words of the book that call for help.
 */
export function assess(book: Book, text: string): Danger {
  const pieces = book.safety ? hear(book.safety, text) : []
  const dangers = pieces.map((piece) => raised(book, piece))
  const heard = worst(dangers)
  const phrase = heard.level === 'emergency' ? null : match(book, text, ['emergency'])
  const called: Danger | null = phrase && {
    level: 'emergency',
    reason: phrase.trigger.reason as Reason,
    who: 'self',
    rule: phrase.trigger.id,
  }
  const danger = called ?? heard
  if (danger.level === 'none') return danger
  const [whole] = pieces
  const piece = pieces[dangers.indexOf(heard)]
  const told = piece && isSomebodyNamed(piece) ? piece : whole
  return told ? { ...danger, who: whoIs(book, told, danger) } : danger
}

function isSomebodyNamed({ people }: Heard): boolean {
  const { self, other } = people()
  return self.length + other.length > 0
}

/** Who is in danger: by the places of the people where they tell it, else as it was learnt, else by the plainest sign. */
function whoIs({ whose }: Book, heard: Heard, { reason }: Danger): Who {
  const [people, of] = [heard.people(), reason ?? 'emergency']
  return byPlaces(heard.typed, people) ?? (whose ? whoseOf(whose, heard, of) : byNames(people, of))
}

function raised({ learned, safety }: Book, heard: Heard): Danger {
  const { part, typed, hint } = heard
  // The rules have read the whole, where what takes a danger out stands as well.
  const danger = part ? SAFE : heard.danger
  if (!learned || !safety) return hint
  // A single word says too little for the weights; rules know those that say enough.
  if (danger.level === 'emergency' || typed.length < 2) return danger
  const { bars } = learned
  const seen = seenOf(heard)
  const layer = weigh(learned, seen)
  const odds = judge(learned, layer, seen)
  // The whole up to `FEW` syllables, nothing from twice as many on, nor where a rule sees a danger.
  const few = hint.level === 'none' ? Math.max(0, Math.min(1, 2 - typed.length / FEW)) : 0
  const more = bars.short * few + (part ? PART[part] : 0)
  const some = odds.danger - more
  const emergency = odds.emergency - more
  if (some < bars.danger && some + emergency < bars.both) return danger
  const grave = emergency >= bars.emergency
  // A rule that asks a question knows why; only an emergency is more.
  if (hint.level === 'check' && !grave) return worst([danger, hint])
  const likely = reasonOf(learned, layer)
  const reason = hint.reason === null || (grave && SLOW.includes(hint.reason)) ? likely : hint.reason
  const level = grave && !SLOW.includes(reason) ? 'emergency' : 'urgent'
  return worst([danger, hint, { level, reason, who: 'self', rule: 'learned' }])
}
