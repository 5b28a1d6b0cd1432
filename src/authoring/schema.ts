import { z } from 'zod'
import { coursesFormat } from './courses-format.ts'
import { flowFormat } from './flow-format.ts'
import { askedFormat, intentsFormat } from './intents-format.ts'
import { cardsFormat, conceptsFormat, rulesFormat } from './safety-format.ts'
import { triggersFormat } from './triggers-format.ts'

/** JSON Schemas that let an editor complete and check YAML while it is typed, from the same source as the checks. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['flows/flow.schema.json', print(flowFormat)],
    ['flows/triggers.schema.json', print(triggersFormat)],
    ['flows/intents.schema.json', print(intentsFormat)],
    ['flows/asked.schema.json', print(askedFormat)],
    ['content/courses.schema.json', print(coursesFormat)],
    ['content/safety/concepts.schema.json', print(conceptsFormat)],
    ['content/safety/rules.schema.json', print(rulesFormat)],
    ['content/safety/scenes.schema.json', print(conceptsFormat)],
    ['content/safety/cards.schema.json', print(cardsFormat)],
  ])
}

function print(format: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(format, { io: 'input' }), null, 2)}\n`
}
