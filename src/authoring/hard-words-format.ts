import { z } from 'zod'
import type { Problem } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

/** A word of offices, and how people say it. */
export interface HardWord {
  word: string
  say: string
  unless: readonly string[]
}

const format = z.array(
  z.strictObject({ word: z.string().min(2), say: z.string().min(1), unless: z.array(z.string().min(2)).default([]) }),
)

export function readHardWords(file: string, text: string, problems: Problem[]): readonly HardWord[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  return yaml.problems.length > 0 ? [] : (shape(format, yaml, [], yaml.value ?? [], problems) ?? [])
}
