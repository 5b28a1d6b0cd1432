import type { Danger } from '../engine/safety/detect.ts'
import type { Level } from '../engine/safety/rules.ts'
import type { Row } from './labelled.ts'

/**
 * The figures of a file. `check` is neither right for an emergency or an urgent line nor quiet: it counts as flagged.
 * An emergency called "none" got not even the question.
 *
 * @param intentOf the classifier of intents; null where there is none, and then no accuracy is given
 */
export function score(
  rows: readonly Row[],
  judge: (text: string) => Danger,
  intentOf: ((text: string) => string) | null,
) {
  const labelled = rows.filter((row) => row.level !== null)
  const judged = labelled.map((row) => ({ row, got: judge(row.text), alt: /ALT=(\w+)/.exec(row.note)?.[1] ?? null }))
  const plain = rows.filter((row) => row.level === null).map((row) => ({ text: row.text, got: judge(row.text) }))
  const flagged = plain.filter(({ got }) => got.level !== 'none')
  const right = ({ row, got, alt }: (typeof judged)[number]) => got.level === row.level || got.level === alt
  const danger = (level: Level) => level === 'urgent' || level === 'emergency'
  const emergencies = judged.filter(({ row }) => row.level === 'emergency')
  const serious = judged.filter(({ row }) => row.level === 'emergency' || row.level === 'urgent')
  const quiet = judged.filter(({ row }) => row.level === 'none')
  const loud = (one: (typeof judged)[number]) => one.got.level !== 'none' && !right(one)
  const neg = judged.filter(({ row }) => /\bNEG\b/.test(row.note))
  const confusion: Record<string, Record<string, number>> = {}
  for (const { row, got } of judged) {
    const line = confusion[row.level!] ?? {}
    confusion[row.level!] = line
    line[got.level] = (line[got.level] ?? 0) + 1
  }
  const intents = labelled.filter((row) => row.intent)
  return {
    emergencies: emergencies.length,
    emergenciesCalledNone: emergencies.filter(({ got, alt }) => got.level === 'none' && alt !== 'none').length,
    emergencyRecall: rate(emergencies.filter(right).length, emergencies.length),
    urgentRecall: rate(serious.filter(({ got, alt }) => danger(got.level) || got.level === alt).length, serious.length),
    negFalseAlarmRate: rate(neg.filter(loud).length, neg.length),
    noneFalseAlarmRate: rate(quiet.filter(loud).length, quiet.length),
    intentAccuracy: intentOf && rate(intents.filter((row) => intentOf(row.text) === row.intent).length, intents.length),
    lines: rows.length,
    flagged: flagged.length,
    flaggedRate: rate(flagged.length, plain.length),
    confusion: judged.length > 0 ? confusion : null,
    wrong: judged
      .filter((one) => !right(one) && !(one.row.level === 'urgent' && one.got.level === 'emergency'))
      .map(({ row, got }) => ({ text: row.text, expected: row.level, got: got.level, rule: got.rule })),
    flaggedTexts: flagged.map(({ text, got }) => ({ text, got: got.level, rule: got.rule })),
  }
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 100_000) / 100_000
}
