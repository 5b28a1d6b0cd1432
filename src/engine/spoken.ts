import type { Topic } from './book.ts'
import { emit, flush, nextId, say, type Turn } from './turn.ts'

/**
 * A text as somebody speaks it in the language the person asked for, where there is such a recording: it goes before
 * the written card, as sound where the channel carries it and in its Vietnamese words elsewhere.
 */
export function sayAloud(turn: Turn, topic: Topic): void {
  const { language } = turn.state.answers
  const recording = turn.facts.directory.recordings?.find(
    (one) => one.topic === topic.id && language?.type === 'code' && one.language === language.value,
  )
  if (!recording) return
  // What was said before it, such as who reads here, comes first.
  flush(turn)
  say(turn, 'he-thong.ban-nghe')
  const { blocks } = turn
  turn.blocks = []
  if (blocks.length === 0) return
  const message = { blocks, spoken: recording.id }
  emit(turn, { type: 'message_queued', id: nextId(turn), lane: 'conversation', kind: 'answer', message })
}
