import { z } from 'zod'
import { NETS } from '../engine/learned/features.ts'
import { fits as fitsStack, type Learned } from '../engine/learned/stack.ts'
import type { Whose } from '../engine/learned/whose.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

const bar = z.number()
const numbers = z.array(bar)
const format = z.strictObject({
  from: z.string(),
  mark: z.string(),
  classes: z.array(z.string()),
  bars: z.strictObject({ danger: bar, both: bar, emergency: bar, short: bar }),
  stack: z.strictObject({ inner: z.array(numbers), outer: z.array(numbers).length(2) }),
  steps: z.array(z.number().positive()).length(NETS.length),
  hidden: numbers.min(1),
  middle: z.array(numbers).length(NETS.length),
  above: numbers.min(1),
  out: z.array(numbers),
  before: numbers,
  features: z.array(z.strictObject({ nets: z.array(z.number().int()), names: z.array(z.string()) })),
  vectors: z.array(z.string()).length(NETS.length),
})

const whoseFormat = z.strictObject({ before: bar, weights: z.record(z.string(), bar) })

/** The weights that `npm run learn` wrote; nobody edits them by hand. */
export function readLearned(file: string, text: string, problems: Problem[]): Learned | null {
  const read = format.safeParse(parsed(text))
  if (read.success) {
    const { from, mark, ...learned } = read.data
    if (fits(learned)) return learned
  }
  problems.push(problemAt({ file, path: '' }, 'Tệp này hỏng. Chạy lại: npm run learn'))
  return null
}

/** What `npm run learn:whose` wrote. */
export function readWhose(file: string, text: string, problems: Problem[]): Whose | null {
  const read = whoseFormat.safeParse(parsed(text))
  if (read.success) return read.data
  problems.push(problemAt({ file, path: '' }, 'Tệp này hỏng. Chạy lại: npm run learn:whose'))
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A file that was cut short is whole JSON no more, or has fewer numbers than names. */
function fits({ classes, out, before, features, hidden, middle, above, vectors, stack }: Learned): boolean {
  const width = hidden.length / vectors.length
  const height = above.length / vectors.length
  const heldBy = (net: number) =>
    features.reduce((sum, { nets, names }) => (nets.includes(net) ? sum + names.length : sum), 0)
  return (
    fitsStack(stack, classes) &&
    out.length === classes.length &&
    before.length === classes.length &&
    middle.every((weights) => weights.length === width * height) &&
    out.every((side) => side.length === above.length) &&
    vectors.every((text, net) => text.length === Math.ceil((heldBy(net) * width) / 6) * 4)
  )
}
