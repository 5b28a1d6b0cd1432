import { z } from 'zod'
import type { Topic } from '../engine/book.ts'
import { idFormat } from './flow-format.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape, type YamlPath } from './read-yaml.ts'
import type { Words } from './words-format.ts'
import { readWords } from './words-format.ts'

export const AUDIENCES = ['hoc-sinh', 'phu-huynh', 'nguoi-lao-dong', 'nguoi-su-dung', 'sau-cai', 'moi-nguoi'] as const

export const dayFormat = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Viết ngày theo mẫu 2026-11-21.')

/** What a text is about decides who signs it: nobody, a lawyer, or a clinician. */
export const LEVELS = ['education', 'legal', 'clinical', 'safety'] as const

/** Who may sign a text: no names, the profession counts. */
export const REVIEWERS = ['editor', 'lawyer', 'clinician'] as const

const quiz = z.strictObject({
  question: z.string().min(5).max(160),
  answers: z.array(z.string().min(1).max(80)).min(2).max(4),
  right: z.int().min(1).max(4).describe('Câu trả lời đúng, đếm từ 1'),
  why: z.string().min(5).max(200),
})

/** A source by its name, or with the article that is rested on. */
const cited = z.union([idFormat, z.strictObject({ id: idFormat, article: z.string().min(1).max(60) })])

const frontMatter = z.strictObject({
  key: idFormat.describe('Tên tệp, không có đuôi'),
  title: z.string().min(1),
  audiences: z.array(z.enum(AUDIENCES)).min(1),
  tags: z.array(idFormat).default([]),
  locale: z.literal('vi').describe('Lời viết; tiếng khác là bản ghi âm'),
  level: z.enum(LEVELS).describe('legal: luật sư duyệt; clinical, safety: bác sĩ duyệt'),
  status: z.enum(['draft', 'reviewed']),
  questions: z.array(z.string().min(1)).default([]),
  quiz: z.array(quiz).max(4).default([]),
  sources: z.array(cited).default([]),
  as_of: dayFormat,
  written: dayFormat,
  reviewed: z.strictObject({ role: z.enum(REVIEWERS), on: dayFormat }).nullable(),
  review_by: dayFormat,
  /** Of a story somebody tells of themselves: the paper on which they said yes. Null: a place kept for one. */
  story: z
    .strictObject({ consent: z.string().min(3).max(60), on: dayFormat })
    .nullable()
    .optional(),
})

export interface TopicSource {
  topic: Topic
  /** A place kept for a story that nobody has agreed to yet: it is in no book. */
  waiting: boolean
  words: Words
  place: Place
  /** Where a part of the front matter was written, such as `['questions', 2]`. */
  at(path: YamlPath): Place
}

export function readTopic(slug: string, file: string, text: string, problems: Problem[]): TopicSource | undefined {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text)
  if (!parts) {
    problems.push(problemAt({ file, path: '---', line: 1 }, 'Đầu tệp phải có phần khai báo nằm giữa hai dòng ---.'))
    return undefined
  }
  const [, head = '', body = ''] = parts
  const skipped = head.split('\n').length + 2
  const words = readWords(`topic.${slug}`, file, body, problems, skipped)
  const yaml = readYaml(file, head, 1)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return undefined
  const read = shape(frontMatter, yaml, [], yaml.value, problems)
  if (read === undefined) return undefined
  const topic: Topic = {
    id: slug,
    title: read.title,
    audiences: read.audiences,
    tags: read.tags,
    level: read.level,
    questions: read.questions,
    quiz: read.quiz,
    asOf: read.as_of,
    written: read.written,
    status: read.status,
    reviewed: read.reviewed,
    reviewBy: read.review_by,
    sources: [...new Set(read.sources.map((one) => (typeof one === 'string' ? one : one.id)))],
    articles: Object.fromEntries(
      read.sources.flatMap((one) => (typeof one === 'string' ? [] : [[one.id, one.article] as const])),
    ),
  }
  problems.push(...checkSigned(slug, read, (path, message) => problemAt(yaml.place([path]), message)))
  return { topic, waiting: read.story === null, words, place: yaml.place(['title']), at: yaml.place }
}

/** Who of the profession may sign a text of each level. */
const SIGNS = { education: REVIEWERS, legal: ['lawyer'], clinical: ['clinician'], safety: ['clinician'] } as const

/** The name is the file's, and what says it was reviewed says by whom of the right profession. */
function checkSigned(
  slug: string,
  { key, level, status, reviewed }: z.infer<typeof frontMatter>,
  problem: (path: string, message: string) => Problem,
): readonly Problem[] {
  const problems: Problem[] = []
  if (key !== slug) problems.push(problem('key', `Tên “${key}” khác tên tệp “${slug}”.`))
  if ((status === 'reviewed') !== (reviewed !== null))
    problems.push(
      problem('status', 'Đã duyệt (reviewed) thì ghi ai duyệt, ngày nào; còn nháp (draft) thì reviewed: null.'),
    )
  if (reviewed !== null && !SIGNS[level].some((role) => role === reviewed.role))
    problems.push(problem('reviewed', `Bài loại ${level} phải do ${SIGNS[level].join(', ')} duyệt.`))
  return problems
}
