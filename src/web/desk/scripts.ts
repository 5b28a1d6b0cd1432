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
  /** Said before it is read: nobody signed it, or its day has passed; null where it holds. */
  doubt: string | null
  /** It is not to be read: it was taken down, or its law has ended. Its lines are left out. */
  stopped: boolean
}

/** The topics that have a script. */
export function scriptTopics(app: App): readonly Topic[] {
  const book = app.book()
  const down = app.directory().takenDown ?? []
  return book.topics.filter(({ id }) => !down.includes(id) && (book.words(`topic.${id}.loa`, 'vi') ?? []).length > 0)
}

/** The script of a topic; null where it has none. */
export function scriptOf(app: App, id: Id): Script | null {
  const book = app.book()
  const topic = book.topics.find((one) => one.id === id)
  const words = topic ? wordsOfHouse(app, `topic.${id}.loa`) : []
  if (!topic || words.length === 0) return null
  const stop = stopOf(app, topic)
  return {
    id,
    title: topic.title,
    lines: stop === null ? words.flatMap((line) => line.split('\n')) : [],
    stopped: stop !== null,
    minutes: spoken(words.join(' ')),
    asOf: writtenDay(topic.asOf),
    sources: topic.sources.map((one) => citation(book, topic, one) ?? one).join('; ') || 'chưa ghi',
    doubt: stop ?? doubtAloud(app, topic),
  }
}

/** Why a script is not to be read at all; null where it may be. */
function stopOf(app: App, topic: Topic): string | null {
  const { takenDown, endings } = app.directory()
  if (takenDown?.includes(topic.id)) return 'Bài này đang được gỡ xuống. ĐỪNG ĐỌC; hỏi lại điểm tư vấn.'
  return doubtOf(app.book(), topic, dayOf(app.now()), endings)?.key === 'he-thong.chu-de-luat-doi'
    ? 'Luật mà bài này dựa vào đã hết hiệu lực sau ngày kiểm tra. ĐỪNG ĐỌC; hỏi lại điểm tư vấn.'
    : null
}

function doubtAloud(app: App, topic: Topic): string | null {
  const today = dayOf(app.now())
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
