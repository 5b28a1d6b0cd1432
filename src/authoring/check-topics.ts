import type { Draft } from './draft.ts'
import { type Problem, warningAt } from './problem.ts'
import { syllablesIn } from './written-texts.ts'

const CARD_WORDS = 60
const MORE_LENGTH = 1_500

/** A card is read in one look; the longer read fits one message. */
export function checkTopics(draft: Draft): readonly Problem[] {
  return draft.topics.flatMap(({ words, topic }) => {
    const card = words.passages.get(`topic.${topic.id}.card`)
    const more = words.passages.get(`topic.${topic.id}.more`)
    const count = syllablesIn((card?.paragraphs ?? []).join(' '))
    const length = (more?.paragraphs ?? []).join('\n\n').length
    const problems: Problem[] = []
    if (card && count > CARD_WORDS)
      problems.push(warningAt(card.place, `Thẻ có ${count} từ; nên nhiều nhất ${CARD_WORDS}.`))
    if (more && length > MORE_LENGTH)
      problems.push(warningAt(more.place, `Bài dài ${length} ký tự; nên nhiều nhất ${MORE_LENGTH}.`))
    return problems
  })
}
