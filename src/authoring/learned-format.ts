import { z } from 'zod'
import type { Learned } from '../engine/learned/weigh.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

const bar = z.number()
const format = z.strictObject({
  classes: z.array(z.string()),
  bars: z.strictObject({ check: z.array(bar).min(1), bare: bar, urgent: bar, emergency: bar }),
  scale: z.number().positive(),
  bias: z.array(z.number()),
  weights: z.record(z.string(), z.array(z.number().int())),
})

/** The weights that `npm run learn` wrote; nobody edits them by hand. */
export function readLearned(file: string, text: string, problems: Problem[]): Learned | null {
  const read = format.safeParse(parsed(text))
  if (read.success && read.data.bias.length === read.data.classes.length) return read.data
  problems.push(problemAt({ file, path: '' }, 'Tệp này hỏng. Chạy lại: npm run learn'))
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
