import type { AnswerKind, Condition, Flow } from '../engine/book.ts'
import { placeholders } from '../engine/fill.ts'
import { PHASES } from '../engine/quiz/contest.ts'
import type { Draft } from './draft.ts'
import { calledFrom } from './graph.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import {
  ACCOMPANY_FILLS,
  CLUB_FILLS,
  COURSE_FILLS,
  ENROLMENT_FILLS,
  OPERATOR_FILLS,
  QUIZ_FILLS,
  REFERRAL_FILLS,
  SERVICE_FILLS,
  VISIT_FILLS,
} from './service-words.ts'

const ADDRESS = ['bạn', 'Bạn']
/** Filled from what the service knows, whatever was asked. */
const KNOWN = [
  'lines_now',
  'night_line',
  'points',
  'point',
  'next_open',
  'receipt',
  'facilities_now',
  'join_code',
  'commune',
  'topic',
  // Which of the three replies to a reminder was meant, kept by the code.
  'reply',
  ...VISIT_FILLS,
  ...CLUB_FILLS,
  ...ENROLMENT_FILLS,
  ...REFERRAL_FILLS,
  ...ACCOMPANY_FILLS,
  ...COURSE_FILLS,
  ...QUIZ_FILLS,
  ...OPERATOR_FILLS,
]

/** A placeholder that nothing fills is a hole in a sentence; one filled with a code shows `nguoi-than` to a person. */
export function checkPlaceholders(draft: Draft): readonly Problem[] {
  const flows = new Map([...draft.flows].map(([id, { flow }]) => [id, flow]))
  const passages = [...draft.passages].flatMap(([key, { paragraphs, place }]) => {
    const answers = answersAround(key.slice(0, key.indexOf('.')), flows)
    const ours = /^(he-thong|dien-thoai)\./.test(key) ? SERVICE_FILLS : []
    return placeholders(paragraphs)
      .filter((name) => !ours.includes(name))
      .flatMap((name) => faultOf(name, answers, place))
  })
  const labels = [...draft.labels.values()].flatMap(({ label, place }) =>
    placeholders([label])
      .filter((name) => !ADDRESS.includes(name))
      .map((name) => problemAt(place, `Nhãn chỉ được dùng {bạn} hoặc {Bạn}, không dùng {${name}}.`)),
  )
  return [...passages, ...labels, ...checkAnswersRead(draft, flows)]
}

function faultOf(name: string, answers: ReadonlyMap<string, AnswerKind>, place: Place): readonly Problem[] {
  if (ADDRESS.includes(name) || KNOWN.includes(name)) return []
  const kind = answers.get(name)
  if (kind === undefined)
    return [problemAt(place, `Không biết điền gì vào {${name}}: không có câu hỏi nào lưu “${name}”.`)]
  if (kind === 'choice' || kind === 'yes_no' || kind === 'place') {
    return [
      problemAt(
        place,
        `{${name}} sẽ hiện ra mã của lựa chọn chứ không phải lời. Hãy rẽ nhánh (branch) và viết lời cho từng trường hợp.`,
      ),
    ]
  }
  if (kind === 'time' && !name.endsWith('time')) {
    return [
      problemAt(place, `{${name}} sẽ hiện ra số phút. Câu trả lời về giờ phải lưu dưới tên kết thúc bằng “time”.`),
    ]
  }
  return []
}

/** Branches and forms may only read what some question saves. */
function checkAnswersRead(draft: Draft, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  return [...draft.flows.values()].flatMap(({ flow, place }) => {
    const answers = answersAround(flow.id, flows)
    const known = (name: string) => answers.has(name) || KNOWN.includes(name)
    return Object.entries(flow.nodes).flatMap(([id, node]) => {
      const names: { name: string; field: string }[] = []
      if (node.type === 'branch' && 'answer' in node.on) names.push({ name: node.on.answer, field: 'branch' })
      if (node.type === 'submit') names.push(...node.values.map((name) => ({ name, field: 'values' })))
      const unknown = names
        .filter(({ name }) => !known(name))
        .map(({ name, field }) => problemAt(place(['nodes', id, field]), `Không có câu hỏi nào lưu “${name}”.`))
      if (node.type !== 'branch') return unknown
      const possible = 'fact' in node.on ? FACTS[node.on.fact] : codesOf(node.on.answer, flows)
      const impossible = Object.keys(node.cases)
        .filter((value) => possible !== null && !possible.includes(value))
        .map((value) =>
          problemAt(
            place(['nodes', id, 'cases', value]),
            `Không bao giờ xảy ra “${value}”. Có thể là: ${possible?.join(', ')}.`,
          ),
        )
      return [...unknown, ...impossible]
    })
  })
}

type Fact = Extract<Condition, { fact: string }>['fact']

const FACTS: Readonly<Record<Fact, readonly string[]>> = {
  desk: ['open', 'closed', 'unknown'],
  points: ['yes', 'no'],
  any_points: ['yes', 'no'],
  ticket: ['yes', 'no'],
  request: ['waiting', 'emergency', 'none'],
  stopped: ['yes', 'no'],
  visits: ['none', 'one', 'several'],
  slots: ['yes', 'no'],
  visit_is: ['visit', 'meeting', 'family_meeting'],
  seat: ['yes', 'waiting', 'no'],
  club: ['none', 'invited', 'member'],
  enrolment: ['none', 'open', 'transfer', 'over'],
  consent: ['yes', 'no'],
  joining: ['none', 'asked', 'joined'],
  facilities: ['yes', 'no'],
  referral: ['offered', 'open', 'none'],
  check_ins: ['on', 'off'],
  supporter: ['none', 'offered', 'assigned'],
  progress: ['off', 'due', 'done'],
  plan: ['none', 'kept', 'shared'],
  course: ['none', 'on', 'paused'],
  crisis: ['yes', 'no'],
  quiz: ['none', 'going', 'over'],
  quiz_answer: ['right', 'wrong'],
  quiz_doubt: ['yes', 'no'],
  contests: ['none', 'one', 'several'],
  contest_try: ['going', 'full', 'done', 'prize', 'taken', 'closed'],
  contest_phase: PHASES,
}

/** The values an answer can have, or null when they are open. */
function codesOf(name: string, flows: ReadonlyMap<string, Flow>): readonly string[] | null {
  const asks = [...flows.values()].flatMap((flow) =>
    Object.values(flow.nodes).flatMap((node) => (node.type === 'ask' && node.save === name ? [node] : [])),
  )
  const open = asks.some((ask) => ask.from !== null || (ask.answer !== 'choice' && ask.answer !== 'yes_no'))
  return open || asks.length === 0 ? null : asks.flatMap((ask) => ask.choices.map((choice) => choice.id))
}

/** What a flow, those it calls and those that call it have asked. */
function answersAround(id: string, flows: ReadonlyMap<string, Flow>): ReadonlyMap<string, AnswerKind> {
  const callers = [...flows.keys()].filter((other) => calledFrom(other, flows).has(id))
  const around = new Set([id, ...calledFrom(id, flows), ...callers])
  return new Map(
    [...around].flatMap((one) =>
      Object.values(flows.get(one)?.nodes ?? {}).flatMap((node) =>
        node.type === 'ask'
          ? [
              ...(node.save === null ? [] : [[node.save, node.answer] as const]),
              ...node.choices.flatMap(({ save }) => (save === undefined ? [] : [[save, 'choice'] as const])),
            ]
          : [],
      ),
    ),
  )
}
