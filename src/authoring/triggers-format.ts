import { z } from 'zod'
import type { Trigger, TriggerAction } from '../engine/book.ts'
import { idFormat } from './flow-format.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import { EMERGENCY_FLOW } from './service-words.ts'

const phrase = z
  .string()
  .min(1)
  .refine((text) => !text.includes('...') && text.split('…').every((part) => /[\p{L}\p{N}]/u.test(part)), {
    message: 'Chỗ trống viết “…” (một ký tự) ở giữa cụm từ.',
  })
  .describe('“…” thay cho tối đa ba tiếng ở giữa, “[số]” cho một con số hai hoặc ba chữ số')
const action = z.union([
  z.strictObject({ start: idFormat.describe('Bắt đầu luồng này') }),
  z.strictObject({ back: z.literal(true) }),
  z.strictObject({ exit: z.literal(true) }),
])
const triggerFormat = z.strictObject({
  id: idFormat,
  kind: z.enum(['emergency', 'verb', 'ordinary']),
  match: z.enum(['anywhere', 'whole']).describe('anywhere: cụm từ đứng đâu cũng được; whole: là cả tin nhắn'),
  phrases: z.array(phrase).default([]),
  ambiguous: z.array(phrase).default([]).describe('Gõ không dấu thì dễ nhầm: coi là câu trả lời trước, hoặc hỏi lại'),
  unless: z.array(phrase).default([]).describe('Có cụm từ này thì bỏ qua'),
  action: action.optional().describe('Khẩn cấp thì không cần: thẻ và cán bộ đi trước mọi luồng'),
  reason: z.string().nullable().default(null),
  card: z.string().nullable().default(null),
})
export const triggersFormat = z.array(triggerFormat).describe('Những câu bắt đầu hoặc cắt ngang, khẩn cấp trước')

export interface TriggerSource {
  trigger: Trigger
  place: Place
}

export function readTriggers(file: string, text: string, problems: Problem[]): readonly TriggerSource[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const rows = shape(z.array(z.unknown()), yaml, [], yaml.value, problems) ?? []
  return rows.flatMap((value, i) => {
    const row = shape(triggerFormat, yaml, [i], value, problems)
    if (row === undefined) return []
    const trigger: Trigger = { ...row, action: compileAction(row.action) }
    const place = { ...yaml.place([i]), path: row.id }
    const complain = (message: string) => problems.push(problemAt(place, message))
    if (row.phrases.length + row.ambiguous.length === 0)
      complain('Cần ít nhất một cụm từ trong phrases hoặc ambiguous.')
    if (row.kind !== 'emergency' && row.action === undefined) complain('Thiếu action: start, back hoặc exit.')
    if (row.kind === 'emergency' && row.reason === null) complain('Khẩn cấp thì phải ghi lý do (reason).')
    if (row.kind === 'emergency' && row.card === null) complain('Khẩn cấp thì phải ghi thẻ (card).')
    return [{ trigger, place }]
  })
}

function compileAction(action: z.infer<typeof triggerFormat>['action']): TriggerAction {
  if (action === undefined) return { type: 'start', flow: EMERGENCY_FLOW }
  if ('start' in action) return { type: 'start', flow: action.start }
  return 'back' in action ? { type: 'back' } : { type: 'exit' }
}
