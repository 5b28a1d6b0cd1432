import type { App } from '../../app/app.ts'
import { wordsOfHouse } from '../../app/part.ts'
import type { Topic } from '../../engine/book.ts'
import type { Id } from '../../engine/content.ts'
import { dayOf } from '../../engine/hours.ts'
import { citation, doubtOf } from '../../engine/topic.ts'
import { writtenDay } from './call-day.ts'
import { signedBy } from './content-words.ts'

/** Read aloud at about this many syllables a minute. */
const PACE = 170

/** A script as it is read out, with what whoever reads it must know. */
export interface Script {
  id: Id
  title: string
  lines: readonly string[]
  /** "1 phút rưỡi" */
  minutes: string
  asOf: string
  sources: string
  /** Said before it is read: nobody signed it, its day has passed, or its law has ended; null where it holds. */
  doubt: string | null
}

/** The topics that have a script. */
export function scriptTopics(app: App): readonly Topic[] {
  const book = app.book()
  return book.topics.filter(({ id }) => (book.words(`topic.${id}.loa`, 'vi') ?? []).length > 0)
}

/** The script of a topic; null where it has none. */
export function scriptOf(app: App, id: Id): Script | null {
  const book = app.book()
  const topic = book.topics.find((one) => one.id === id)
  const words = topic ? wordsOfHouse(app, `topic.${id}.loa`) : []
  if (!topic || words.length === 0) return null
  return {
    id,
    title: topic.title,
    lines: words.flatMap((line) => line.split('\n')),
    minutes: spoken(words.join(' ')),
    asOf: writtenDay(topic.asOf),
    sources: topic.sources.map((one) => citation(book, topic, one) ?? one).join('; ') || 'chưa ghi',
    doubt: doubt(app, topic),
  }
}

function doubt(app: App, topic: Topic): string | null {
  const today = dayOf(app.now())
  if (doubtOf(app.book(), topic, today, app.directory().endings)?.key === 'he-thong.chu-de-luat-doi')
    return 'Luật mà bài này dựa vào đã hết hiệu lực sau ngày kiểm tra. ĐỪNG ĐỌC; hỏi lại điểm tư vấn.'
  if (topic.reviewed === null) return 'Bài này chưa có người chuyên môn ký duyệt.'
  if (topic.reviewBy < today)
    return `Bài này (${signedBy(topic.reviewed)}) quá hạn xem lại từ ${writtenDay(topic.reviewBy)}: hỏi lại điểm trước khi đọc.`
  return null
}

/** How long a text takes to read aloud, in half minutes. */
function spoken(text: string): string {
  const halves = Math.max(2, Math.round((text.split(/\s+/).length / PACE) * 2))
  return `${Math.floor(halves / 2)} phút${halves % 2 === 1 ? ' rưỡi' : ''}`
}
