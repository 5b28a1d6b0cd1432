import { z } from 'zod'
import type { Ladder } from '../engine/book.ts'
import type { Priority } from '../engine/conversation.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

export type Ladders = Readonly<Record<Priority, Ladder>>

const step = z.strictObject({
  call: z
    .enum(['on_duty', 'point', 'lead', 'above', 'person'])
    .describe(
      'on_duty: người đang trực; point: mọi người ở điểm; lead: phụ trách điểm; above: người trực tuyến trên; person: nói thật với người đang chờ',
    ),
  after: z.number().int().min(0).max(10_000).describe('Số phút kể từ khi bắt đầu chờ'),
})
const ladder = z.strictObject({
  clock: z.enum(['always', 'working']).describe('working: chỉ tính phút trong giờ làm việc của điểm'),
  steps: z.array(step).min(1),
  again: z.number().int().min(5).nullable().default(null).describe('Sau bước cuối bao nhiêu phút thì gọi lại từ đầu'),
})
const laddersFormat = z.strictObject({ emergency: ladder, urgent: ladder, routine: ladder })

/** Who is called, and when, while nobody takes a ticket; the last to hear is always the person who waits. */
export function readLadders(file: string, text: string, problems: Problem[]): Ladders {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return DEFAULT_LADDERS
  const written = shape(laddersFormat, yaml, [], yaml.value, problems)
  if (written === undefined) return DEFAULT_LADDERS
  for (const [priority, { steps }] of Object.entries(written)) {
    const complain = (message: string) => problems.push(problemAt(yaml.place([priority, 'steps']), message))
    if (steps.some((one, i) => i > 0 && one.after < steps[i - 1]!.after)) complain('Các bước phải xếp theo thời gian.')
    if (steps.findIndex((one) => one.call === 'person') !== steps.length - 1)
      complain('Bước cuối, và chỉ bước cuối, phải là person: người đang chờ phải được nói thật.')
  }
  return written
}

/** What holds where nothing is written, such as in a small book of a test. */
export const DEFAULT_LADDERS: Ladders = {
  emergency: { clock: 'always', steps: [{ call: 'person', after: 10 }], again: null },
  urgent: { clock: 'always', steps: [{ call: 'person', after: 60 }], again: null },
  routine: { clock: 'always', steps: [{ call: 'person', after: 240 }], again: null },
}
