import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'

/** Figures of three digits and more: a number of a telephone, unless it is one that never changes. */
const NUMBER = /\d[\d .]{1,}\d/g
const ALWAYS = new Set(['111', '113', '114', '115'])

/** A reply rests on known sources, says when it is looked at again, and carries no number that could grow old. */
export function checkReplies(draft: Draft, today: string): readonly Problem[] {
  const sources = new Set(draft.sources.map(({ value }) => value.id))
  return draft.replies.flatMap(({ value, place }) => {
    const problems: Problem[] = []
    for (const source of value.sources)
      if (!sources.has(source))
        problems.push(problemAt(place, `Không có nguồn “${source}” trong content/sources.yaml.`))
    for (const [number] of value.text.matchAll(NUMBER))
      if (!ALWAYS.has(number.trim()))
        problems.push(problemAt(place, `Câu đã duyệt không viết số “${number}”; chỉ 111, 113, 114, 115.`))
    if (value.reviewBy <= value.asOf) problems.push(problemAt(place, 'Ngày xem lại phải sau ngày duyệt.'))
    if (value.asOf > today) problems.push(problemAt(place, `Ngày duyệt ${value.asOf} chưa tới.`))
    if (value.reviewBy < today) problems.push(warningAt(place, `Câu này đã quá hạn xem lại (${value.reviewBy}).`))
    return problems
  })
}
