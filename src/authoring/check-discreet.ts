import { z } from 'zod'
import { tellingWords } from '../engine/discreet.ts'
import { STYLES } from '../engine/visits/appointment.ts'
import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

const format = z.strictObject({ words: z.array(z.string().min(2)).min(1) })

/** The words that would tell a stranger at the lock screen what this is about. */
export function readDiscreet(file: string, text: string, problems: Problem[]): readonly string[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  return shape(format, yaml, [], yaml.value, problems)?.words ?? []
}

/** The first line of whatever comes long after the person wrote. */
const FIRST_LINE = 'he-thong.tin-moi'
/** What only a text that may speak plainly may name. */
const PLAIN_FILLS = [
  '{visit_place}',
  '{visit_kind}',
  '{point}',
  '{points}',
  '{operator}',
  '{club_name}',
  '{club_place}',
  '{referral_service}',
  '{referral_place}',
  '{referral_passes}',
]

/** Each step of the ladder has words in every style, for a visit and for a meeting, and what is meant to give nothing away does not. */
export function checkDiscreet(draft: Draft): readonly Problem[] {
  const missing = draft.reminders.steps.flatMap(({ id }) =>
    ['lich-hen', 'sinh-hoat']
      .flatMap((file) => STYLES.map((style) => `${file}.${id}.${style}`))
      .filter((key) => !draft.passages.has(key))
      .map((key) =>
        problemAt({ file: 'flows/reminders.yaml', path: 'steps' }, `Bước “${id}” chưa có lời: thiếu “${key}”.`),
      ),
  )
  const unsaid = (draft.reminders.milestones ?? [])
    .map(({ id }) => `moc.${id}.kin`)
    .filter((key) => !draft.passages.has(key))
    .map((key) => problemAt({ file: 'flows/reminders.yaml', path: 'milestones' }, `Mốc chưa có lời: thiếu “${key}”.`))
  const closed = [...draft.passages].filter(([key]) => key === FIRST_LINE || /\.kin(?:\.|$)/.test(key))
  const told = closed.flatMap(([key, { paragraphs, place }]) => {
    const text = paragraphs.join('\n')
    const words = tellingWords(text, draft.discreet)
    const fills = PLAIN_FILLS.filter((fill) => text.includes(fill))
    return [...words, ...fills].map((what) =>
      problemAt(place, `Lời kín “${key}” không được có “${what}”: người khác có thể đọc trên màn hình khoá.`),
    )
  })
  return [...missing, ...unsaid, ...told]
}
