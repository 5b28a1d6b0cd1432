import { z } from 'zod'
import type { Problem } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { WordingRule } from './stigma-format.ts'

const format = z.strictObject({
  denied_by: z.array(z.string().min(3)).min(1).describe('Câu có một trong những lời này là đang nói không hứa'),
  promises: z
    .array(
      z.strictObject({
        avoid: z.array(z.string().min(3)).min(1),
        why: z.string().min(5),
        unless: z.array(z.string().min(2)).default([]),
      }),
    )
    .min(1),
})

/** Promises that nobody here can keep; each is allowed in a sentence that denies it. */
export function readPromises(file: string, text: string, problems: Problem[]): readonly WordingRule[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const read = shape(format, yaml, [], yaml.value, problems)
  return (read?.promises ?? []).map(({ avoid, why, unless }) => ({
    avoid,
    why,
    unless: [...unless, ...read!.denied_by],
    use: null,
    quotable: false,
  }))
}
