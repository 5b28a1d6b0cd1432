import { z } from 'zod'
import type { CampaignTemplate } from '../engine/book.ts'
import { tellingWords } from '../engine/discreet.ts'
import type { Draft } from './draft.ts'
import { idFormat } from './flow-format.ts'
import { type Problem, problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'

const date = z.strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
const campaignFormat = z.strictObject({
  title: z.string().min(1).max(60),
  from: date,
  to: date,
  text: z.string().min(10).max(600).describe('Chỗ cần điền viết trong ngoặc vuông: [ngày giờ]'),
})

/** Texts that come round with the calendar, by id. */
export function readCampaigns(
  file: string,
  content: string,
  problems: Problem[],
): readonly Located<CampaignTemplate>[] {
  const yaml = readYaml(file, content)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const entries = shape(z.record(idFormat, z.unknown()), yaml, [], yaml.value ?? {}, problems) ?? {}
  return Object.entries(entries).flatMap(([id, value]) => {
    const one = shape(campaignFormat, yaml, [id], value, problems)
    return one === undefined ? [] : [{ value: { id, ...one, text: one.text.trim() }, place: yaml.place([id]) }]
  })
}

/** What goes to many gives nothing away, from its template on. */
export function checkCampaigns({ campaigns, discreet }: Draft): readonly Problem[] {
  return campaigns.flatMap(({ value, place }) =>
    tellingWords(value.text, discreet).map((word) =>
      problemAt(place, `Mẫu tin báo không được có “${word}”: người khác có thể đọc trên màn hình khoá.`),
    ),
  )
}
