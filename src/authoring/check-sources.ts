import { textsOn } from './content-due.ts'
import type { Draft } from './draft.ts'
import { type Problem, problemAt, warningAt } from './problem.ts'

/** Each topic rests on sources that are known and in force; a law that ended says at once which texts rest on it. */
export function checkSources(draft: Draft, today: string): readonly Problem[] {
  return [...draft.topics.flatMap((one) => ofTopic(draft, one, today)), ...ended(draft, today)]
}

function ofTopic(draft: Draft, { topic, at }: Draft['topics'][number], today: string): readonly Problem[] {
  const sources = new Map(draft.sources.map(({ value }) => [value.id, value]))
  if (topic.sources.length === 0) return [warningAt(at(['sources']), 'Chủ đề này chưa ghi nguồn nào.')]
  return topic.sources.flatMap((id, i) => {
    const source = sources.get(id)
    const place = { ...at(['sources', i]), path: 'sources' }
    if (source === undefined) return [problemAt(place, `Không có nguồn “${id}” trong content/sources.yaml.`)]
    if (source.inForceTo !== null && source.inForceTo < today)
      return [warningAt(place, `Nguồn “${id}” đã hết hiệu lực ngày ${source.inForceTo}.`)]
    if (source.inForceFrom !== null && source.inForceFrom > today)
      return [warningAt(place, `Nguồn “${id}” đến ngày ${source.inForceFrom} mới có hiệu lực.`)]
    return []
  })
}

/** A date never stops the service: it is a note, and a list of what to read again. */
function ended(draft: Draft, today: string): readonly Problem[] {
  return draft.sources.flatMap(({ value: { id, title, inForceTo }, place }) => {
    const texts = inForceTo !== null && inForceTo < today ? textsOn(draft, id) : []
    if (texts.length === 0) return []
    return [
      warningAt(
        place,
        `${title} hết hiệu lực ngày ${inForceTo}; ${texts.length} lời còn dựa vào: ${texts.join(', ')}.`,
      ),
    ]
  })
}
