import type { Draft } from './draft.ts'
import { type Problem, problemAt } from './problem.ts'
import { syllablesIn } from './written-texts.ts'

/** What is read out to a village: heard once, by people who cannot ask again. */
const SENTENCE = 12
/** Read aloud at about 170 syllables a minute, one to three minutes. */
const [SHORTEST, LONGEST] = [120, 520]
const POSTER = 20

/** Loudspeaker scripts in short sentences of one to three minutes, poster lines of one breath. */
export function checkScripts(draft: Draft): readonly Problem[] {
  return draft.topics.flatMap(({ topic, words }) => {
    const script = words.passages.get(`topic.${topic.id}.loa`)
    const poster = words.passages.get(`topic.${topic.id}.ap-phich`)
    const problems: Problem[] = []
    if (script) {
      const text = script.paragraphs.join('\n').replaceAll('*', '')
      const count = syllablesIn(text)
      if (count < SHORTEST || count > LONGEST)
        problems.push(
          problemAt(script.place, `Bài đọc loa có ${count} chữ; cần ${SHORTEST}–${LONGEST} (1 đến 3 phút).`),
        )
      for (const sentence of text.split(/[.!?…:;\n]+/)) {
        const length = syllablesIn(sentence)
        if (length > SENTENCE)
          problems.push(
            problemAt(
              script.place,
              `Câu đọc loa dài ${length} chữ, quá ${SENTENCE}: “${sentence.trim().slice(0, 60)}”.`,
            ),
          )
      }
      if (/\{[^}]*\}/.test(text)) problems.push(problemAt(script.place, 'Bài đọc loa không gọi riêng ai: bỏ {…}.'))
    }
    if (poster && syllablesIn(poster.paragraphs.join(' ')) > POSTER)
      problems.push(problemAt(poster.place, `Dòng áp phích nhiều nhất ${POSTER} chữ.`))
    return problems
  })
}
