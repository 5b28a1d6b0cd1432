import { z } from 'zod'
import type { AnswerKind, Flow, Node, WordsRef } from '../engine/book.ts'
import { PURPOSES } from '../engine/consent.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import type { YamlFile, YamlPath } from './read-yaml.ts'
import { readYaml, shape } from './read-yaml.ts'
import { revisionOf } from './revision.ts'

/** The one source of the format of flow.yaml; the JSON Schema for editors is generated from it. */
export const idFormat = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ “hoi-xa”.')
const nodeId = idFormat.describe('Tên một nút trong luồng này')
const codeName = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'Chỉ dùng chữ thường không dấu, số, gạch nối, gạch dưới.')
const wordsName = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)?$/, 'Tên câu chỉ gồm chữ thường không dấu, số và gạch nối.')
  .describe('Tiêu đề ## trong content/vi/<luồng>.md; viết <tệp>.<tên> để dùng câu chung của tệp khác')
const topicWords = z
  .strictObject({ topic: z.enum(['card', 'more']), answer: codeName })
  .describe('Thẻ (card) hoặc bài đọc thêm (more) của chủ đề trong câu trả lời đã lưu')
const words = z.union([wordsName, topicWords])

const ANSWER_KINDS = ['choice', 'yes_no', 'number', 'phone', 'date', 'time', 'text', 'place', 'slot'] as const
const optionSource = z.union([
  z.strictObject({ list: z.literal('points') }),
  z.strictObject({ list: z.literal('suggestions') }),
  z.strictObject({ list: z.literal('visits') }),
  z.strictObject({ list: z.literal('slots') }),
  z.strictObject({ list: z.literal('papers') }),
  z.strictObject({ list: z.literal('courses') }),
  z.strictObject({ list: z.enum(['quiz', 'quiz_topics', 'contests', 'contest']) }),
  z.strictObject({ list: z.literal('subjects'), audience: idFormat.nullable().default(null) }),
  z.strictObject({
    list: z.literal('topics'),
    audience: idFormat.nullable().default(null),
    subject: codeName.optional().describe('Chỉ bài của mục trong câu trả lời này'),
  }),
])
const choice = z.strictObject({
  id: idFormat,
  next: nodeId.optional(),
  save: codeName.optional().describe('Bên câu trả lời tự do: lựa chọn này là một câu trả lời, lưu dưới tên riêng này'),
  ages: z
    .tuple([z.int().min(0), z.int().max(130)])
    .optional()
    .describe('Gõ một tuổi từ số đầu đến số cuối là chọn dòng này'),
})

const nodeFormats = {
  say: z.strictObject({ say: words, next: nodeId }).describe('Nói một đoạn rồi đi tiếp'),
  ask: z
    .strictObject({
      ask: z.enum(ANSWER_KINDS),
      words,
      save: codeName.nullable().default(null).describe('Lưu câu trả lời dưới tên này'),
      choices: z.array(choice).default([]),
      from: optionSource.nullable().default(null).describe('Lấy thêm lựa chọn từ danh sách'),
      next: nodeId.nullable().default(null),
      unknown: nodeId.nullable().default(null).describe('Đi đâu khi không nhận ra xã, phường'),
      short: z.literal(true).optional().describe('Chỉ nhận vài chữ, như một tên gọi; câu dài hay câu hỏi thì không'),
      consent: z.enum(PURPOSES).optional().describe('Trả lời “co” được ghi vào sổ đồng ý, cho mục đích này'),
    })
    .describe('Hỏi và chờ trả lời'),
  branch: z
    .strictObject({
      branch: z.union([
        z.strictObject({ answer: codeName }),
        z.strictObject({
          fact: z.enum([
            'desk',
            'points',
            'any_points',
            'ticket',
            'request',
            'stopped',
            'visits',
            'slots',
            'visit_is',
            'seat',
            'club',
            'enrolment',
            'consent',
            'joining',
            'facilities',
            'referral',
            'check_ins',
            'supporter',
            'progress',
            'plan',
            'course',
          ]),
        }),
        z.strictObject({
          fact: z.enum(['crisis', 'quiz', 'quiz_answer', 'quiz_doubt', 'contests', 'contest_try', 'contest_phase']),
        }),
      ]),
      cases: z.record(z.string(), nodeId),
      else: nodeId,
    })
    .describe('Rẽ theo một câu trả lời đã lưu hoặc một điều đã biết'),
  call: z.strictObject({ call: idFormat, next: nodeId }).describe('Chạy một luồng khác rồi quay về'),
  submit: z.strictObject({
    submit: codeName,
    values: z.array(codeName).default([]),
    next: nodeId,
    else: nodeId.optional(),
  }),
  handoff: z
    .strictObject({ handoff: codeName, priority: z.enum(['emergency', 'urgent', 'routine']), next: nodeId })
    .describe('Chuyển cho một người'),
  end: z.strictObject({ end: z.literal(true) }).describe('Hết luồng'),
}
type NodeKind = keyof typeof nodeFormats
const NODE_KINDS = Object.keys(nodeFormats) as readonly NodeKind[]

const head = {
  title: z.string().min(1),
  safety: z.boolean().default(false).describe('true: mọi lối đi phải có trong các hội thoại mẫu'),
  resumes: z.boolean().default(false).describe('true: ai chào giữa chừng thì được hỏi tiếp câu đang dở'),
  start: nodeId,
}
const flowHead = z.strictObject({ ...head, nodes: z.record(idFormat, z.unknown()) })
export const flowFormat = z
  .strictObject({ ...head, nodes: z.record(idFormat, z.union(Object.values(nodeFormats))) })
  .describe('Một luồng hội thoại')

export interface FlowSource {
  flow: Flow
  place(path: YamlPath): Place
}

/** The flow as compiled, with whatever nodes could be read; every mistake goes to `problems`. */
export function readFlow(id: string, file: string, text: string, problems: Problem[]): FlowSource | undefined {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return undefined
  const flow = shape(flowHead, yaml, [], yaml.value, problems)
  if (flow === undefined) return undefined
  const nodes: Record<string, Node> = {}
  for (const [name, value] of Object.entries(flow.nodes)) {
    const node = readNode(id, yaml, name, value, problems)
    if (node !== undefined) nodes[name] = node
  }
  const { title, safety, resumes, start } = flow
  return {
    flow: { id, revision: revisionOf(start, nodes), title, safety, ...(resumes ? { resumes } : {}), start, nodes },
    place: yaml.place,
  }
}

function readNode(flow: string, yaml: YamlFile, name: string, value: unknown, problems: Problem[]): Node | undefined {
  const path = ['nodes', name]
  const kinds = NODE_KINDS.filter((kind) => typeof value === 'object' && value !== null && kind in value)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) {
    problems.push(problemAt(yaml.place(path), `Mỗi nút phải có đúng một trong: ${NODE_KINDS.join(', ')}.`))
    return undefined
  }
  const read = <T>(schema: z.ZodType<T>) => shape(schema, yaml, path, value, problems)
  switch (kind) {
    case 'say': {
      const node = read(nodeFormats.say)
      return node && { type: 'say', words: wordsRef(flow, node.say), next: node.next }
    }
    case 'ask': {
      const node = read(nodeFormats.ask)
      return node && compileAsk(flow, yaml, path, node, problems)
    }
    case 'branch': {
      const node = read(nodeFormats.branch)
      return node && { type: 'branch', on: node.branch, cases: node.cases, else: node.else }
    }
    case 'call': {
      const node = read(nodeFormats.call)
      return node && { type: 'call', flow: node.call, next: node.next }
    }
    case 'submit': {
      const node = read(nodeFormats.submit)
      return (
        node && {
          type: 'submit',
          form: node.submit,
          values: node.values,
          next: node.next,
          ...(node.else === undefined ? {} : { else: node.else }),
        }
      )
    }
    case 'handoff': {
      const node = read(nodeFormats.handoff)
      return node && { type: 'handoff', reason: node.handoff, priority: node.priority, next: node.next }
    }
    case 'end':
      return read(nodeFormats.end) && { type: 'end' }
    default:
      return kind satisfies never
  }
}

function compileAsk(
  flow: string,
  yaml: YamlFile,
  path: YamlPath,
  node: z.infer<typeof nodeFormats.ask>,
  problems: Problem[],
): Node {
  const place = (...inner: YamlPath) => yaml.place([...path, ...inner])
  const complain = (message: string, ...inner: YamlPath) => problems.push(problemAt(place(...inner), message))
  const choices = node.choices.flatMap((choice, i) => {
    const next = choice.next ?? node.next
    if (next === null) complain('Lựa chọn này chưa có next, và nút cũng không có next.', 'choices', i)
    const { id, save, ages } = choice
    return next === null ? [] : [{ id, next, ...(save === undefined ? {} : { save }), ...(ages ? { ages } : {}) }]
  })
  const ids = node.choices.map((choice) => choice.id)
  ids.forEach((id, i) => {
    if (ids.indexOf(id) < i) complain(`Lựa chọn “${id}” có hai lần.`, 'choices', i)
  })
  const closed: readonly AnswerKind[] = ['choice', 'yes_no']
  if (node.next === null && (node.from !== null || !closed.includes(node.ask))) {
    complain('Thiếu next: câu trả lời tự do hoặc chọn từ danh sách phải có chỗ đi tiếp.')
  }
  if (node.ask === 'choice' && ids.length === 0 && node.from === null) complain('Câu hỏi này không có lựa chọn nào.')
  if (node.ask === 'yes_no' && !(ids.includes('co') && ids.includes('khong'))) {
    complain('Câu hỏi có/không cần hai lựa chọn “co” và “khong”.', 'choices')
  }
  if (node.unknown !== null && node.ask !== 'place') complain('unknown chỉ dùng khi hỏi nơi ở (place).', 'unknown')
  if (node.consent !== undefined && node.ask !== 'yes_no')
    complain('Lời hỏi đồng ý phải là câu có/không (yes_no).', 'consent')
  if (node.short && node.ask !== 'text') complain('short chỉ dùng khi hỏi lời tự do (text).', 'short')
  if (node.ask !== 'choice')
    node.choices.forEach(({ ages }, i) => {
      if (ages) complain('ages chỉ dùng khi hỏi chọn một dòng (choice).', 'choices', i, 'ages')
    })
  const { ask: answer, save, from, next, unknown } = node
  const consent = node.consent === undefined ? {} : { consent: node.consent }
  const short = node.short ? { short: node.short } : {}
  const words = wordsRef(flow, node.words)
  return { type: 'ask', answer, words, save, choices, from, next, unknown, ...consent, ...short }
}

/** A name with a dot is already a whole key: words shared by several flows. */
function wordsRef(flow: string, name: z.infer<typeof words>): WordsRef {
  if (typeof name !== 'string') return name
  return { key: name.includes('.') ? name : `${flow}.${name}` }
}
