import { z } from 'zod'
import type { ApprovedReply } from '../engine/book.ts'
import { idFormat } from './flow-format.ts'
import type { Problem } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'
import { dayFormat } from './topic-format.ts'

const replyFormat = z.strictObject({
  title: z.string().min(1).max(60),
  text: z.string().min(1).max(600).describe('Lời gửi cho người nhắn; người tư vấn đọc lại rồi mới gửi'),
  keywords: z.array(z.string().min(1)).default([]).describe('Những từ khác mà cán bộ có thể gõ để tìm'),
  sources: z.array(idFormat).min(1),
  as_of: dayFormat,
  reviewed_by: z.string().nullable().default(null),
  review_by: dayFormat,
})

/** The replies counsellors may insert, by id. */
export function readReplies(file: string, text: string, problems: Problem[]): readonly Located<ApprovedReply>[] {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const entries = shape(z.record(idFormat, z.unknown()), yaml, [], yaml.value ?? {}, problems) ?? {}
  return Object.entries(entries).flatMap(([id, value]) => {
    const row = shape(replyFormat, yaml, [id], value, problems)
    if (row === undefined) return []
    const { as_of: asOf, reviewed_by: reviewedBy, review_by: reviewBy, ...rest } = row
    return [{ value: { id, ...rest, text: rest.text.trim(), asOf, reviewedBy, reviewBy }, place: yaml.place([id]) }]
  })
}
