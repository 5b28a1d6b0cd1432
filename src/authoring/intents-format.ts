import { z } from 'zod'
import type { IntentRoute } from '../engine/book.ts'
import { idFormat } from './flow-format.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

export type IntentRoutes = Readonly<Record<string, IntentRoute>>

export const intentsFormat = z.record(
  z.string().regex(/^[a-z_]+$/),
  z.strictObject({
    straight: z.boolean().default(false).describe('true: chắc ý thì mở ngay bài hoặc luồng đầu tiên'),
    to: z.array(idFormat).describe('Bài (topics) hoặc luồng, đúng nhất đứng đầu'),
  }),
)

/** Where each intent leads: `flows/intents.yaml`. */
export function readIntents(file: string, text: string, problems: Problem[]): IntentRoutes {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  return yaml.problems.length > 0 ? {} : (shape(intentsFormat, yaml, [], yaml.value, problems) ?? {})
}

/** A way that leads to nothing would leave a person without an answer. */
export function checkIntents(routes: IntentRoutes, exists: (id: string) => boolean): readonly Problem[] {
  const place = (path: string): Place => ({ file: 'flows/intents.yaml', path })
  return Object.entries(routes).flatMap(([intent, { to }]) =>
    to.filter((id) => !exists(id)).map((id) => problemAt(place(intent), `Không có bài hay luồng nào tên “${id}”.`)),
  )
}
