import { z } from 'zod'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

/** A pattern that no text may hold: how much, how, where from, how to pass a test; in a script read out: whose house. */
export interface NeverRule {
  id: string
  pattern: RegExp
  why: string
  unless: RegExp | null
  /** Only in what is read out over the loudspeaker. */
  loa: boolean
}

const ruleFormat = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  pattern: z.string().min(3).describe('Biểu thức chính quy; (?<chữ>) không phân biệt hoa thường'),
  why: z.string().min(5),
  unless: z.string().nullable().default(null),
  loa: z.boolean().default(false),
})

export function readNever(file: string, text: string, problems: Problem[]): readonly NeverRule[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const rows = shape(z.array(z.unknown()), yaml, [], yaml.value ?? [], problems) ?? []
  return rows.flatMap((value, i) => {
    const row = shape(ruleFormat, yaml, [i], value, problems)
    if (row === undefined) return []
    const [pattern, unless] = [expression(row.pattern), row.unless === null ? null : expression(row.unless)]
    if (pattern !== undefined && unless !== undefined) return [{ ...row, pattern, unless }]
    problems.push(problemAt(yaml.place([i, 'pattern']), `Mẫu “${row.id}” không phải là một biểu thức đúng.`))
    return []
  })
}

/** A word of the pattern stands for itself: letters beside it make it another word. */
function expression(source: string): RegExp | undefined {
  try {
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'iu')
  } catch {
    return undefined
  }
}
