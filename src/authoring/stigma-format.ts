import { z } from 'zod'
import type { Problem } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

const ruleFormat = z.strictObject({
  avoid: z.array(z.string().min(1)).min(1),
  use: z.string().nullable().default(null),
  why: z.string().min(1),
  unless: z.array(z.string().min(1)).default([]),
  quotable: z.boolean().default(false).describe('true: được viết trong ngoặc kép “…”, như lời của người khác'),
})

/** Wording that must not reach a person, except beside one of the `unless` phrases in the same sentence. */
export interface WordingRule {
  avoid: readonly string[]
  use: string | null
  why: string
  unless: readonly string[]
  /** Somebody else's word may be quoted: what people say of each other is spoken of too. */
  quotable: boolean
}

export function readWording(file: string, text: string, problems: Problem[]): readonly WordingRule[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const rows = shape(z.array(z.unknown()), yaml, [], yaml.value ?? [], problems) ?? []
  return rows.flatMap((value, i) => shape(ruleFormat, yaml, [i], value, problems) ?? [])
}
