import type { Id, Instant } from './content.ts'
import type { Timer } from './conversation.ts'
import { emit, nextId, type Turn } from './turn.ts'

/** A message to many, as far as one conversation needs to know it. */
export interface BroadcastFact {
  id: Id
  text: string
  /** From then on it helps nobody. */
  endsAt: Instant
  /** Staff hold it back for now. */
  paused: boolean
}

/** The answer that says whether somebody wishes to be told of classes, meetings and the like. */
export const NEWS = 'news'
export const YES = 'co'

const LATER_MS = 10 * 60_000

/** A message to many has come to this person: it is queued if they still wish it. The key of the timer makes it once. */
export function broadcastDue(turn: Turn, timer: Timer): void {
  const { broadcast } = turn.facts
  if (!broadcast) return emit(turn, { type: 'ignored', reason: 'broadcast_over' })
  if (broadcast.paused)
    return emit(turn, { type: 'timer_set', id: timer.id, kind: 'broadcast', dueAt: turn.at + LATER_MS })
  const reason = skipOf(turn, broadcast)
  if (reason !== null) return emit(turn, { type: 'broadcast_skipped', id: timer.id, broadcast: broadcast.id, reason })
  const id = nextId(turn)
  const fills = { text: { type: 'text', text: broadcast.text } } as const
  emit(turn, {
    type: 'message_queued',
    id,
    lane: 'unprompted',
    kind: 'broadcast',
    message: { blocks: [{ key: 'he-thong.thong-bao', fills }] },
    expiresAt: broadcast.endsAt,
  })
  emit(turn, { type: 'broadcast_queued', id: timer.id, broadcast: broadcast.id, message: id })
}

function skipOf({ state, at }: Turn, { endsAt }: BroadcastFact): string | null {
  const news = state.answers[NEWS]
  if (at >= endsAt) return 'too_late'
  if (news?.type !== 'code' || news.value !== YES) return 'no_consent'
  if (state.stopped) return 'stopped'
  return state.muted ? 'muted' : null
}
