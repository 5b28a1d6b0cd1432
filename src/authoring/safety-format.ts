import { z } from 'zod'
import type { SafetyRule, SafetyRules } from '../engine/safety/rules.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

export const NO_SAFETY: SafetyRules = {
  reviewed: null,
  concepts: {},
  rules: [],
  teencode: {},
  cards: {},
  scenes: {},
}

const id = z.string().regex(/^[a-z0-9_-]+$/)
const reviewed = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .nullable()
  .describe('Ngày người có chuyên môn ký; null khi chưa ai ký')
const phrase = z.union([z.string().min(1), z.number().transform(String)]).describe('“!” ở cuối: chỉ tính khi gõ có dấu')
export const conceptsFormat = z.strictObject({ reviewed, concepts: z.record(id, z.array(phrase).min(1)) })
export const rulesFormat = z.strictObject({
  reviewed,
  rules: z.array(
    z.strictObject({
      id,
      level: z.enum(['check', 'urgent', 'emergency']),
      reason: z.enum([
        'suicide',
        'self_harm',
        'overdose',
        'poisoning',
        'psychosis',
        'violence',
        'withdrawal',
        'child',
        'medical',
        'fire',
        'drowning',
        'lapse',
        'craving',
        'distress',
        'emergency',
      ]),
      when: z.array(z.string()).min(1).describe('Theo thứ tự; a|b là một trong hai'),
      within: z.number().int().min(0).max(20).default(4).describe('Cách nhau nhiều nhất mấy âm tiết'),
      with: z.array(z.string()).default([]).describe('Ở bất cứ đâu trong tin'),
      unless: z.array(z.string()).default([]).describe('Có ý này thì luật không tính'),
      alone: z.enum(['none', 'check']).optional().describe('Mức khi các trọng số không thấy nguy hiểm: luật hay sai'),
      card: id.optional().describe('Thẻ trong cards.yaml, khi không phải thẻ của lý do'),
    }),
  ),
})
export const cardsFormat = z.strictObject({
  reviewed,
  cards: z.record(id, z.strictObject({ self: z.string(), other: z.string() })),
})
const teencodeFormat = z.record(z.string(), z.string().min(1))

/** What a message is about, for the weights alone. */
export function readScenes(file: string, text: string, problems: Problem[]): Partial<SafetyRules> {
  const written = read(file, text, conceptsFormat, problems)
  return written ? { scenes: written.value.concepts } : {}
}

/** The words of danger; a rule may only name concepts that are written. */
export function readConcepts(file: string, text: string, problems: Problem[]): Pick<SafetyRules, 'concepts'> | null {
  const written = read(file, text, conceptsFormat, problems)
  return written ? { concepts: written.value.concepts } : null
}

export function readSafetyRules(
  file: string,
  text: string,
  concepts: SafetyRules['concepts'],
  problems: Problem[],
): Pick<SafetyRules, 'rules' | 'reviewed'> | null {
  const written = read(file, text, rulesFormat, problems)
  if (!written) return null
  const rules = written.value.rules.map((rule, i): SafetyRule => {
    const split = { when: rule.when.map(alternatives), with: rule.with.map(alternatives) }
    for (const name of [...split.when.flat(), ...split.with.flat(), ...rule.unless]) {
      if (!(name in concepts)) problems.push(problemAt(written.place(['rules', i]), `Không có ý nào tên “${name}”.`))
    }
    const { card, alone, ...rest } = rule
    return {
      ...rest,
      ...split,
      ...(card === undefined ? {} : { card }),
      ...(alone === undefined ? {} : { alone }),
    }
  })
  return { rules, reviewed: written.value.reviewed }
}

export function readTeencode(file: string, text: string, problems: Problem[]): SafetyRules['teencode'] {
  return read(file, text, teencodeFormat, problems)?.value ?? {}
}

/** Which words go out for a reason, said to the person themselves and to somebody beside them. */
export function readCards(file: string, text: string, problems: Problem[]): SafetyRules['cards'] {
  return read(file, text, cardsFormat, problems)?.value.cards ?? {}
}

function alternatives(text: string): readonly string[] {
  return text.split('|')
}

function read<T>(file: string, text: string, format: z.ZodType<T>, problems: Problem[]) {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return null
  const value = shape(format, yaml, [], yaml.value, problems)
  return value === undefined ? null : { value, place: yaml.place }
}
