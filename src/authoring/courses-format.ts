import { z } from 'zod'
import type { Course } from '../engine/book.ts'
import type { Draft } from './draft.ts'
import { idFormat } from './flow-format.ts'
import { type Problem, problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'
import { AUDIENCES } from './topic-format.ts'
import type { Passage, Words } from './words-format.ts'

const courseFormat = z.strictObject({
  title: z.string().min(1).max(32).describe('Tên khoá: nó là một nút bấm'),
  audience: z.enum(AUDIENCES),
  about: z.string().min(20).max(400).describe('Vài câu nói khoá này là gì, cho ai, đọc bao lâu'),
  lessons: z.array(idFormat).min(2).max(20).describe('Các bài (tệp trong content/vi/topics), theo thứ tự đọc'),
})
/** The one source of the format of courses.yaml; the JSON Schema for editors is generated from it. */
export const coursesFormat = z.record(idFormat, courseFormat).describe('Các khoá đọc từng bài')

export interface ReadCourses {
  courses: readonly Located<Course>[]
  /** `course.<id>.title`, `.about`, `.count`. */
  words: Words
}

/** Courses by id, with the words that name them. */
export function readCourses(file: string, content: string, problems: Problem[]): ReadCourses {
  const passages = new Map<string, Passage>()
  const words: Words = { passages, labels: new Map() }
  const yaml = readYaml(file, content)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return { courses: [], words }
  const entries = shape(z.record(idFormat, z.unknown()), yaml, [], yaml.value ?? {}, problems) ?? {}
  const courses = Object.entries(entries).flatMap(([id, value]) => {
    const one = shape(courseFormat, yaml, [id], value, problems)
    if (one === undefined) return []
    const { title, audience, about, lessons } = one
    const place = yaml.place([id])
    const keep = (part: string, paragraphs: readonly string[]) =>
      passages.set(`course.${id}.${part}`, { place, paragraphs, lines: paragraphs.map(() => place.line ?? 1) })
    keep('title', [title])
    keep('about', about.trim().split(/\n{2,}/))
    keep('count', [String(lessons.length)])
    return [{ value: { id, title, audience, lessons }, place }]
  })
  return { courses, words }
}

/** Each lesson is a topic that is there, stands in its course once, and one written for a course is in it. */
export function checkCourses({ courses, topics }: Draft): readonly Problem[] {
  const known = new Set(topics.map(({ topic }) => topic.id))
  const missing = courses.flatMap(({ value: { lessons }, place }) => [
    ...lessons.filter((id) => !known.has(id)).map((id) => problemAt(place, `Không có bài “${id}”.`)),
    ...lessons
      .filter((id, i) => lessons.indexOf(id) < i)
      .map((id) => problemAt(place, `Bài “${id}” có hai lần trong một khoá.`)),
  ])
  const lost = topics.flatMap(({ topic, place }) =>
    courses
      .filter(({ value }) => topic.tags?.includes(value.id) && !value.lessons.includes(topic.id))
      .map(({ value }) =>
        problemAt(place, `Bài mang nhãn khoá “${value.id}” mà không có trong khoá ấy: không ai đọc tới được.`),
      ),
  )
  return [...missing, ...lost]
}
