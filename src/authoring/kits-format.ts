import { z } from 'zod'
import type { TalkKit } from '../engine/book.ts'
import { ACT_AUDIENCES, ACT_SETTINGS } from '../engine/outreach.ts'
import type { Draft } from './draft.ts'
import { idFormat } from './flow-format.ts'
import { type Problem, problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'

const text = z.string().min(1).max(1_200)
const kitFormat = z.strictObject({
  title: z.string().min(1).max(60),
  setting: z.enum(ACT_SETTINGS),
  audiences: z.array(z.enum(ACT_AUDIENCES)).min(1),
  minutes: z.int().min(1).max(240),
  before: z.array(text).default([]).describe('Việc cần làm trước buổi'),
  outline: z.array(z.strictObject({ minutes: z.int().min(1), text })).min(1),
  topics: z.array(idFormat).min(1).describe('Các bài mà bộ này dựa vào; thẻ của chúng được in kèm'),
  quiz: z
    .array(
      z.strictObject({
        question: text,
        answers: z.array(text).min(2).max(4),
        right: z.int().min(1).describe('Câu đúng, đếm từ 1'),
        why: text,
        topic: idFormat.describe('Bài mà câu này dựa vào'),
      }),
    )
    .default([]),
})

/** Talk kits by id. */
export function readKits(file: string, content: string, problems: Problem[]): readonly Located<TalkKit>[] {
  const yaml = readYaml(file, content)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const entries = shape(z.record(idFormat, z.unknown()), yaml, [], yaml.value ?? {}, problems) ?? {}
  return Object.entries(entries).flatMap(([id, value]) => {
    const kit = shape(kitFormat, yaml, [id], value, problems)
    return kit === undefined ? [] : [{ value: { id, ...kit }, place: yaml.place([id]) }]
  })
}

/** A kit rests on topics that are there, its answers exist, and its parts take as long as it says. */
export function checkKits({ kits, topics }: Draft): readonly Problem[] {
  const known = new Set(topics.map(({ topic }) => topic.id))
  return kits.flatMap(({ value, place }) => {
    const named = [...value.topics, ...value.quiz.map(({ topic }) => topic)]
    const missing = [...new Set(named)].filter((one) => !known.has(one))
    const sum = value.outline.reduce((all, { minutes }) => all + minutes, 0)
    return [
      ...missing.map((one) => problemAt(place, `Không có bài “${one}”.`)),
      ...value.quiz
        .filter(({ right, answers }) => right > answers.length)
        .map(({ question }) => problemAt(place, `Câu “${question}”: không có câu trả lời đúng ấy.`)),
      ...(sum === value.minutes
        ? []
        : [problemAt(place, `Các phần cộng lại là ${sum} phút, không phải ${value.minutes}.`)]),
    ]
  })
}
