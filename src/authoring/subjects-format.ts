import { z } from 'zod'
import type { Subject } from '../engine/shelves.ts'
import type { Draft } from './draft.ts'
import { idFormat } from './flow-format.ts'
import { type Problem, problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

const format = z.record(
  idFormat,
  z.strictObject({
    title: z.string().min(1).max(28).describe('Tên trên nút bấm'),
    topics: z.array(idFormat).default([]),
    tags: z.array(idFormat).default([]).describe('Bài không có tên ở đâu thì theo thẻ này'),
    rest: z.boolean().default(false).describe('Nhận những bài không thuộc chỗ nào'),
  }),
)

/** What topics are about, in order: `content/subjects.yaml`. */
export function readSubjects(file: string, text: string, problems: Problem[]): readonly Subject[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const read = shape(format, yaml, [], yaml.value ?? {}, problems) ?? {}
  return Object.entries(read).map(([id, subject]) => ({ id, ...subject }))
}

/** A topic stands in one place, and every topic in some place. */
export function checkSubjects({ subjects, topics }: Draft): readonly Problem[] {
  if (subjects.length === 0) return []
  const problem = (id: string, said: string) => problemAt({ file: 'content/subjects.yaml', path: id }, said)
  const known = new Set(topics.map(({ topic }) => topic.id))
  const named = subjects.flatMap(({ id, topics: own }) => own.map((topic) => ({ id, topic })))
  return [
    ...named.filter(({ topic }) => !known.has(topic)).map(({ id, topic }) => problem(id, `Không có bài “${topic}”.`)),
    ...named
      .filter(({ topic }, i) => named.findIndex((one) => one.topic === topic) < i)
      .map(({ id, topic }) => problem(id, `Bài “${topic}” đã ở mục khác.`)),
    ...(subjects.filter(({ rest }) => rest).length === 1
      ? []
      : [problem(subjects[0]!.id, 'Phải có đúng một mục nhận các bài còn lại (rest: true).')]),
  ]
}
