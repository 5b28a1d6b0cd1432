import type { Seen } from '../engine/learned/features.ts'
import { tells } from '../engine/learned/whose.ts'
import { type Heard, hear, seenOf } from '../engine/safety/detect.ts'
import type { Reason, SafetyRules } from '../engine/safety/rules.ts'
import { fold } from '../engine/text.ts'
import type { Row } from './labelled.ts'
import type { Lesson } from './learn.ts'
import type { WhoseLesson } from './learn-whose.ts'

/** The reason of a danger whose intent has another name; poisoning is told apart by the note alone. */
const REASONS: Readonly<Record<string, string>> = { child_safety: 'child', relapse: 'lapse' }
const INTENT_REASONS =
  'suicide self_harm overdose psychosis violence withdrawal medical child_safety relapse craving distress'.split(' ')
const REASONED = [...INTENT_REASONS.map((intent) => REASONS[intent] ?? intent), 'poisoning'] as readonly Reason[]

/** A written line and whose it is: the nets are tried on authors they have not read. */
export interface AuthoredRow extends Row {
  author: string
}

/** What the written lines teach: the classes there are, and each line as a lesson, in the same order. */
export function lessonsOf(
  rows: readonly AuthoredRow[],
  safety: SafetyRules,
): { classes: readonly string[]; lessons: readonly Lesson[] } {
  const intents = [...new Set(rows.flatMap(({ intent }) => intent ?? []))].filter((one) => one !== 'poisoning').sort()
  const classes = [
    'danger',
    'emergency',
    ...REASONED.map((reason) => `reason ${reason}`),
    ...intents.map((intent) => `intent ${intent}`),
  ]
  const lessons = rows.map(
    (row): Lesson => ({
      author: row.author,
      ways: waysOf(row, safety),
      times: timesOf(row),
      truth: truthOf(row, REASONED, intents),
    }),
  )
  return { classes, lessons }
}

/** As it is written and without its marks: half of all people type none. */
function waysOf(row: Row, safety: SafetyRules): readonly Seen[] {
  return heardIn(row, safety).map(seenOf)
}

function heardIn({ text }: Row, safety: SafetyRules): readonly Heard[] {
  return [...new Set([text, fold(text)])].map((way) => hear(safety, way)[0]!)
}

/** Families write most, and plainly; an alarm over a first line would send them away, so theirs are heard three times. */
function timesOf({ level, intent, note }: Row): number {
  return /\bOFTEN\b/.test(note) || (level === 'none' && intent === 'family_help') ? 3 : 1
}

/** What the lines of which somebody judged whose the danger is teach of that (`SELF`, `OTHER`). */
export function whoseLessonsOf(rows: readonly Row[], safety: SafetyRules): readonly WhoseLesson[] {
  return rows.flatMap((row) => {
    const whose = /\b(SELF|OTHER)\b/.exec(row.note)?.[1]
    if (whose === undefined) return []
    const reason = REASONED.find((one) => one === reasonOf(row)) ?? 'emergency'
    return heardIn(row, safety).map((heard) => ({ tells: tells(heard, reason), self: whose === 'SELF' }))
  })
}

const isPoisoning = ({ intent, note }: Row) => intent === 'poisoning' || /poison/.test(note)

function reasonOf(row: Row): string | null {
  return isPoisoning(row) ? 'poisoning' : (REASONS[row.intent ?? ''] ?? row.intent)
}

function truthOf(row: Row, reasons: readonly string[], intents: readonly string[]): Lesson['truth'] {
  const { level, intent, note } = row
  const poison = isPoisoning(row)
  const reason = reasonOf(row)
  // What people say all day asks for nothing here; whether it is chat or another matter it does not say.
  const everyday = /\bEVERYDAY\b/.test(note)
  // A line that says only what is asked for teaches nothing about danger.
  const asked = /\bASKED\b/.test(note)
  return [
    asked ? null : level === 'none' ? 0 : 1,
    asked ? null : level === 'emergency' ? 1 : 0,
    // Which danger it is says nothing of a harmless line.
    ...reasons.map((one) => (level === 'none' ? null : one === reason ? 1 : 0)),
    ...intents.map((one) => {
      if (everyday && one !== 'chitchat') return one === 'other' ? null : 0
      if (everyday) return 1
      return poison || intent === null ? null : one === intent ? 1 : 0
    }),
  ] as Lesson['truth']
}
