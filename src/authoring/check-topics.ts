import { fold } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'

const CARD_WORDS = 60
const MORE_LENGTH = 1_500

/** A topic is short, rests on known sources, and says when it was last checked. Dates passed only warn. */
export function checkTopics(draft: Draft, today: string): readonly Problem[] {
  return [...checkTexts(draft), ...checkSources(draft, today), ...checkDays(draft, today), ...checkQuestions(draft)]
}

function checkTexts(draft: Draft): readonly Problem[] {
  return draft.topics.flatMap(({ words, topic }) => {
    const card = words.passages.get(`topic.${topic.id}.card`)
    const more = words.passages.get(`topic.${topic.id}.more`)
    const count = (card?.paragraphs ?? [])
      .join(' ')
      .split(/\s+/)
      .filter((word) => /[\p{L}\p{N}]/u.test(word)).length
    const length = (more?.paragraphs ?? []).join('\n\n').length
    const problems: Problem[] = []
    if (card && count > CARD_WORDS)
      problems.push(warningAt(card.place, `Thẻ có ${count} từ; nên nhiều nhất ${CARD_WORDS}.`))
    if (more && length > MORE_LENGTH)
      problems.push(warningAt(more.place, `Bài dài ${length} ký tự; nên nhiều nhất ${MORE_LENGTH}.`))
    return problems
  })
}

function checkSources(draft: Draft, today: string): readonly Problem[] {
  const sources = new Map(draft.sources.map(({ value }) => [value.id, value]))
  return draft.topics.flatMap(({ topic, place }) => {
    const at = { ...place, path: 'sources' }
    const problems: Problem[] = []
    if (topic.sources.length === 0) problems.push(warningAt(at, 'Chủ đề này chưa ghi nguồn nào.'))
    for (const id of topic.sources) {
      const source = sources.get(id)
      if (source === undefined) problems.push(problemAt(at, `Không có nguồn “${id}” trong content/sources.yaml.`))
      else if (source.inForceTo !== null && source.inForceTo < today) {
        problems.push(warningAt(at, `Nguồn “${id}” đã hết hiệu lực ngày ${source.inForceTo}.`))
      } else if (source.inForceFrom !== null && source.inForceFrom > today) {
        problems.push(warningAt(at, `Nguồn “${id}” đến ngày ${source.inForceFrom} mới có hiệu lực.`))
      }
    }
    return problems
  })
}

function checkDays(draft: Draft, today: string): readonly Problem[] {
  return draft.topics.flatMap(({ topic, place }) => {
    const problems: Problem[] = []
    if (topic.asOf > today)
      problems.push(warningAt({ ...place, path: 'as_of' }, 'Ngày kiểm tra (as_of) nằm ở tương lai.'))
    if (topic.reviewBy < today) {
      problems.push(
        warningAt(
          { ...place, path: 'review_by' },
          `Đã quá ngày xem lại (${topic.reviewBy}). Bài vẫn hiện, nhưng cần người xem.`,
        ),
      )
    }
    return problems
  })
}

/** The same question under two topics can only lead to one of them. */
function checkQuestions(draft: Draft): readonly Problem[] {
  const owners = new Map<string, string>()
  return draft.topics.flatMap(({ topic, place }) =>
    topic.questions.flatMap((question) => {
      const owner = owners.get(fold(question))
      owners.set(fold(question), owner ?? topic.id)
      if (owner === undefined || owner === topic.id) return []
      return [warningAt({ ...place, path: 'questions' }, `Câu “${question}” đã có ở chủ đề “${owner}”.`)]
    }),
  )
}
