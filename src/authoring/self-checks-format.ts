import { z } from 'zod'
import type { SelfCheck } from '../engine/self-check.ts'
import type { Draft } from './draft.ts'
import { idFormat } from './flow-format.ts'
import { type Problem, problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'
import { dayFormat } from './topic-format.ts'

const selfCheckFormat = z.strictObject({
  title: z.string().min(1).max(60),
  licence: z.string().nullable().describe('Giấy phép cho dùng ở đây; null: chưa rõ, và bộ câu hỏi không được bật'),
  source: idFormat,
  official_wording: z.boolean().describe('Lời tiếng Việt chính thức, không phải tự dịch'),
  reviewed_by: z.string().nullable().default(null),
  review_by: dayFormat,
  intro: z.string().min(1).max(400),
  questions: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(240),
        answers: z.array(z.strictObject({ text: z.string().min(1).max(60), points: z.int().min(0).max(10) })).min(2),
      }),
    )
    .min(1)
    .max(20),
  bands: z.array(z.strictObject({ from: z.int().min(0), words: z.string().min(1).max(400) })).min(1),
})

export interface WrittenSelfCheck {
  check: SelfCheck
  /** Licence known, wording official, and signed by a clinician: all three, or it is nowhere to be seen. */
  usable: boolean
}

/** Self-checks as written; those that may not be used yet stay switched off. */
export function readSelfChecks(
  file: string,
  content: string,
  problems: Problem[],
): readonly Located<WrittenSelfCheck>[] {
  const yaml = readYaml(file, content)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const entries = shape(z.record(idFormat, z.unknown()), yaml, [], yaml.value ?? {}, problems) ?? {}
  return Object.entries(entries).flatMap(([id, value]) => {
    const one = shape(selfCheckFormat, yaml, [id], value, problems)
    if (one === undefined) return []
    const { title, licence, source, intro, questions, bands } = one
    const check = { id, title, licence: licence ?? '', source, intro, questions, bands }
    const usable = licence !== null && one.official_wording && one.reviewed_by !== null
    return [{ value: { check, usable }, place: yaml.place([id]) }]
  })
}

/** Its source is there, and whatever somebody answers, something is said. */
export function checkSelfChecks({ selfChecks, sources }: Draft): readonly Problem[] {
  const known = new Set(sources.map(({ value }) => value.id))
  return selfChecks.flatMap(({ value: { check }, place }) => [
    ...(known.has(check.source) ? [] : [problemAt(place, `Không có nguồn “${check.source}”.`)]),
    ...(check.bands[0]?.from === 0
      ? []
      : [problemAt(place, 'Mức đầu phải từ 0 điểm: ai trả lời thế nào cũng có lời.')]),
    ...(check.bands.every(({ from }, i) => i === 0 || from > check.bands[i - 1]!.from)
      ? []
      : [problemAt(place, 'Các mức phải xếp từ ít điểm tới nhiều điểm.')]),
  ])
}
