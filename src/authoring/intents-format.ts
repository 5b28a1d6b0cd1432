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

/** What people say who want a flow, as the questions of a topic are for a topic. */
export const askedFormat = z.record(idFormat, z.array(z.string().min(1)))

export type Asked = Readonly<Record<string, readonly string[]>>

/** The words that lead to a flow: `flows/asked.yaml`. */
export function readAsked(file: string, text: string, problems: Problem[]): Asked {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  return yaml.problems.length > 0 ? {} : (shape(askedFormat, yaml, [], yaml.value, problems) ?? {})
}

/** Where each intent leads: `flows/intents.yaml`. */
export function readIntents(file: string, text: string, problems: Problem[]): IntentRoutes {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  return yaml.problems.length > 0 ? {} : (shape(intentsFormat, yaml, [], yaml.value, problems) ?? {})
}

/** Words that lead to no flow would leave a person without an answer. */
export function checkAsked(asked: Asked, exists: (flow: string) => boolean): readonly Problem[] {
  return Object.keys(asked)
    .filter((id) => !exists(id))
    .map((id) => problemAt({ file: 'flows/asked.yaml', path: id }, `Không có luồng nào tên “${id}”.`))
}

/** A way that leads to nothing would leave a person without an answer. */
export function checkIntents(routes: IntentRoutes, exists: (id: string) => boolean): readonly Problem[] {
  const place = (path: string): Place => ({ file: 'flows/intents.yaml', path })
  return Object.entries(routes).flatMap(([intent, { to }]) =>
    to.filter((id) => !exists(id)).map((id) => problemAt(place(intent), `Không có bài hay luồng nào tên “${id}”.`)),
  )
}
