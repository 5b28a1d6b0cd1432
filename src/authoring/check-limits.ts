import { PLAN_LIMIT, PLAN_PARTS } from '../engine/accompany/plan.ts'
import { SCORES } from '../engine/accompany/progress.ts'
import type { OptionSource } from '../engine/book.ts'
import { isLesson } from '../engine/courses/course.ts'
import { ANSWER_SHOWN, placeholders } from '../engine/fill.ts'
import { ALWAYS, LISTED_TOPICS, MOST_CHOICES, MOST_SUBJECTS, SUGGESTED } from '../engine/question.ts'
import { CONTEST_PRIZE, CONTEST_TITLE } from '../engine/quiz/contest.ts'
import { ROUND } from '../engine/quiz/practice.ts'
import { ENTRANCE_SHELF } from '../engine/shelf.ts'
import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'
import { textBefore } from './turn-length.ts'

/** UTF-16 code units: the smallest channel carries 2,000. */
export const MESSAGE_LIMIT = 1_900
/** The engine starts a new message when passages would pass this together. */
export const MESSAGE_BUDGET = 1_500
const LABEL_LIMIT = 40
const LABEL_GOAL = 32
const TITLE_LIMIT = 32
const LISTED_POINTS = 7
/** Appointments a person may choose from, and the length of `14:30 Chủ nhật 30/11/2026`. */
const LISTED_VISITS = 7
const TIME = 26
const CALLBACK_BYTES = 64

/** Longest text a placeholder may become; an answer in a person's own words is counted generously. */
export const FILLS: Readonly<Record<string, number>> = {
  web: 60,
  bạn: 4,
  Bạn: 4,
  // Five points of the longest names, with other hours each day: too much for one message beside anything else.
  points: 2_650,
  point: 540,
  facilities_now: 1_100,
  referral_place: 540,
  night_line: 300,
  sources: 320,
  text: 600,
  next_open: 26,
  receipt: 24,
  commune: 48,
  topic: TITLE_LIMIT,
  as_of: 10,
  review_by: 10,
  ended_on: 10,
  operator: 80,
  operator_type: 40,
  readers: 60,
  retention_days: 4,
  own_help: PLAN_LIMIT + 40,
  progress_month: 7,
  quiz_n: 2,
  quiz_of: 2,
  quiz_right_count: 2,
  quiz_question: 160,
  quiz_right: 80,
  quiz_topic: TITLE_LIMIT,
  contest_n: 2,
  contest_of: 2,
  contest_question: 160,
  contest_score: 2,
  contest_code: 13,
  contest_until: 10,
  contest_least: 2,
  contest_title: CONTEST_TITLE,
  contest_prize: CONTEST_PRIZE,
  contest_prize_at: CONTEST_PRIZE,
  supporter_every: 20,
  supporter_body: 40,
  supporter_name: 60,
  plan_point: 200,
  course_title: TITLE_LIMIT,
  course_about: 400,
  course_count: 2,
  course_place: 2,
  course_next: TIME,
  ...Object.fromEntries(PLAN_PARTS.map((name) => [name, PLAN_LIMIT])),
  ...Object.fromEntries(SCORES.flatMap((name) => ['then', 'now'].map((when) => [`progress_${name}_${when}`, 8]))),
}
const POINT_NAME = 60
const QUIZ_ANSWER = 80

export function checkLimits(draft: Draft): readonly Problem[] {
  return [...checkPassages(draft), ...checkLabels(draft), ...checkQuestions(draft), ...checkTitles(draft)]
}

/** The length of a passage with its longest fills, and the blank line after it. */
export function lengthOf(draft: Draft, key: string): number {
  return (draft.passages.get(key)?.paragraphs ?? []).reduce((sum, text) => sum + filledLength(text) + 2, 0)
}

/** The longest text that a placeholder is counted as; a test holds it against the longest there can be. */
export function longestFill(name: string): number {
  return FILLS[name] ?? ANSWER_SHOWN
}

function filledLength(text: string): number {
  const names = [...text.matchAll(/\{([^{}\s]+)\}/g)].map((found) => found[1]!)
  return names.reduce((sum, name) => sum - name.length - 2 + longestFill(name), text.length)
}

function checkPassages(draft: Draft): readonly Problem[] {
  return [...draft.passages].flatMap(([key, { place, paragraphs }]) => {
    const length = lengthOf(draft, key)
    if (length <= MESSAGE_LIMIT) return []
    const filled = placeholders(paragraphs).length > 0 ? ' (tính cả phần điền vào)' : ''
    return [problemAt(place, `Dài ${length} ký tự${filled}, quá ${MESSAGE_LIMIT}. Hãy cắt ngắn.`)]
  })
}

function checkLabels(draft: Draft): readonly Problem[] {
  return [...draft.labels.values()].flatMap(({ label, place }) => {
    const length = filledLength(label)
    if (length > LABEL_LIMIT) return [problemAt(place, `Nhãn dài ${length} ký tự, quá ${LABEL_LIMIT}.`)]
    return length > LABEL_GOAL
      ? [warningAt(place, `Nhãn dài ${length} ký tự; trên ${LABEL_GOAL} thì nút bị cắt trên điện thoại nhỏ.`)]
      : []
  })
}

function checkTitles(draft: Draft): readonly Problem[] {
  return draft.topics.flatMap(({ topic, place }) =>
    topic.title.length > TITLE_LIMIT
      ? [problemAt(place, `Tên chủ đề dài ${topic.title.length} ký tự, quá ${TITLE_LIMIT}: nó là một nút bấm.`)]
      : [],
  )
}

function checkQuestions(draft: Draft): readonly Problem[] {
  const before = textBefore(draft, (key) => lengthOf(draft, key), MESSAGE_BUDGET)
  return [...draft.flows.values()].flatMap(({ flow, place }) =>
    Object.entries(flow.nodes).flatMap(([id, node]) => {
      if (node.type !== 'ask') return []
      const at = place(['nodes', id])
      const key = 'key' in node.words ? node.words.key : `${flow.id}.${id}`
      const labels = node.choices.map((choice) => filledLength(draft.labels.get(`${key}.${choice.id}`)?.label ?? ''))
      // Of the ways a suggestion may name, the likeliest few stand there, and the ways out.
      const own =
        node.from?.list === 'suggestions'
          ? labels.toSorted((a, b) => b - a).slice(0, SUGGESTED + ALWAYS.length)
          : labels
      const { all, shown } = listedLengths(draft, node.from, own.length)
      const goesOn = node.choices.some(({ next }) => next === id)
      const problems: Problem[] = []
      const count = own.length + shown.length
      if (count > MOST_CHOICES) problems.push(problemAt(at, `Có tới ${count} lựa chọn; nhiều nhất ${MOST_CHOICES}.`))
      if (all > shown.length && !goesOn) {
        const advice = 'Hãy thêm một lựa chọn dẫn về chính nút này để xem tiếp, hoặc chia theo nhóm.'
        problems.push(warningAt(at, `Danh sách có ${all} mục nhưng chỉ hiện ${shown.length}. ${advice}`))
      }
      const choices = [...shown, ...own].reduce((sum, length, i) => sum + length + String(i + 1).length + 3, 0)
      const words = lengthOf(draft, key)
      const spoken = before.get(`${flow.id}/${id}`) ?? 0
      const message = Math.max(words, Math.min(words + spoken, MESSAGE_BUDGET)) + choices
      if (message > MESSAGE_LIMIT) {
        problems.push(
          problemAt(at, `Tin nhắn có thể dài ${message} ký tự cả lựa chọn, quá ${MESSAGE_LIMIT}. Hãy cắt ngắn.`),
        )
      } else if (words + spoken > MESSAGE_BUDGET) {
        problems.push(warningAt(at, 'Lời nói trước câu hỏi này quá dài: một lượt có thể thành hai tin nhắn.'))
      }
      const long = node.choices.filter((choice) => callbackBytes(choice.id) > CALLBACK_BYTES)
      return [...problems, ...long.map((choice) => problemAt(at, `Mã lựa chọn “${choice.id}” quá dài cho nút bấm.`))]
    }),
  )
}

/** `v1:<question>.<choice>` with a question number of eight digits. */
function callbackBytes(id: string): number {
  return new TextEncoder().encode(`v1:12345678.${id}`).length
}

function listedLengths(draft: Draft, from: OptionSource | null, own: number) {
  // Suggestions: three topics at most, beside the flow's own choices.
  if (from === null || from.list === 'suggestions') return { all: 0, shown: [] }
  if (from.list === 'points') return { all: LISTED_POINTS, shown: Array<number>(LISTED_POINTS).fill(POINT_NAME) }
  if (from.list === 'visits') return { all: LISTED_VISITS, shown: Array<number>(LISTED_VISITS).fill(TIME) }
  if (from.list === 'slots') return { all: 3, shown: [TIME, TIME, TIME] }
  if (from.list === 'papers') {
    const lists = Object.values(draft.enrolment.value.papers).map((list) => list ?? [])
    const longest = lists.toSorted((a, b) => b.length - a.length)[0] ?? []
    return { all: longest.length, shown: longest.map(({ title }) => title.length + 2) }
  }
  const courses = draft.courses.map(({ value }) => value)
  if (from.list === 'courses') return { all: courses.length, shown: courses.map(({ title }) => title.length) }
  // What an answer of a question may be long, as the format of a topic says.
  if (from.list === 'quiz' || from.list === 'contest') return { all: 4, shown: Array<number>(4).fill(QUIZ_ANSWER) }
  if (from.list === 'quiz_topics') return { all: ROUND, shown: Array<number>(ROUND).fill(TITLE_LIMIT) }
  if (from.list === 'contests') return { all: 7, shown: Array<number>(7).fill(CONTEST_TITLE) }
  if (from.list === 'subjects') {
    const titles = draft.subjects.map(({ title }) => title.length).toSorted((a, b) => b - a)
    return { all: 0, shown: titles.slice(0, MOST_SUBJECTS) }
  }
  const { audience } = from
  const any = audience === null || audience === ENTRANCE_SHELF
  const topics = draft.topics.filter(
    ({ topic }) => !isLesson({ courses }, topic) && (any || topic.audiences.includes(audience)),
  )
  // Any page may be the one that is shown.
  const longest = topics.map(({ topic }) => topic.title.length).toSorted((a, b) => b - a)
  return { all: topics.length, shown: longest.slice(0, Math.min(LISTED_TOPICS, MOST_CHOICES - own)) }
}
