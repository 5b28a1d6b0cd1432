import { byName, byNumber } from '../choose.ts'
import type { Option } from '../content.ts'
import type { InboundEvent, Timer } from '../conversation.ts'
import { checkInsOf } from '../referrals/check-ins.ts'
import { askAgain } from '../reply.ts'
import { emit, flush, nextId, say, type Turn } from '../turn.ts'
import { openAppointments } from '../visits/appointment.ts'
import { startFlow } from '../walk.ts'
import { courseRunOf, lessonOf } from './course.ts'
import { nextLessonAt } from './pace.ts'
import { endCourse, lessonTimer, mayTell, pauseCourse, putOff, setLessonTimer } from './reading.ts'

const DAY_MS = 86_400_000
/** A notice this old helps nobody; the lesson waits all the same. */
const LATE_MS = 3 * DAY_MS
/** So long after a notice the person is told once more, and then no more until they say so. */
const AGAIN_DAYS = 7
const MOST_TOLD = 2

/** What the choices under a notice are called. */
export const LESSON_REPLIES = ['doc', 'de-sau', 'nghi'] as const
type Reply = (typeof LESSON_REPLIES)[number]

const options = (): readonly Option[] =>
  LESSON_REPLIES.map((id) => ({ id, label: { type: 'words', key: `bai-hoc.nhac.${id}` } }))

/**
 * A lesson is due: the person is told so in words that give nothing away, and reads it when they say so. One waits at
 * most. Who has not opened it a week later is told once more, and after that the course rests until their own word.
 */
export function lessonDue(turn: Turn, timer: Timer): void {
  const run = courseRunOf(turn.state)
  const due = run?.nextAt ?? Number.POSITIVE_INFINITY
  if (!run || run.paused || timer.id !== lessonTimer(turn.state.contact) || timer.dueAt < due)
    return emit(turn, { type: 'ignored', reason: 'no_lesson' })
  if (!lessonOf(turn.book, run)) {
    endCourse(turn, 'gone')
    return
  }
  const { notice, told } = run
  const left = notice?.waits === true && turn.facts.sentAt?.has(notice.message) === true
  if (!mayTell(turn.state) || (left && told >= MOST_TOLD)) {
    pauseCourse(turn)
    return
  }
  const quiet = turn.state.quietUntil ?? turn.at
  if (quiet > turn.at) {
    const nextAt = setLessonTimer(turn, nextLessonAt(turn, 'moi-ngay', run.minutes, quiet))
    return emit(turn, { type: 'lesson_put_off', nextAt })
  }
  if (notice?.waits) emit(turn, { type: 'message_withdrawn', id: notice.message })
  const message = nextId(turn)
  emit(turn, {
    type: 'message_queued',
    id: message,
    lane: 'unprompted',
    kind: 'broadcast',
    message: { blocks: [{ key: 'bai-hoc.moi.kin' }], options: options(), question: turn.state.seq, own: true },
    expiresAt: turn.at + LATE_MS,
  })
  const nextAt = setLessonTimer(turn, nextLessonAt(turn, 'moi-ngay', run.minutes, turn.at + (AGAIN_DAYS - 1) * DAY_MS))
  // One that never left told nobody anything.
  const count = notice?.waits ? (left ? told + 1 : told) : 1
  emit(turn, { type: 'lesson_told', message, told: count, nextAt, at: turn.at })
}

type MessageEvent = Extract<InboundEvent, { type: 'message' }>

/** A button under the last notice, whenever it is pressed. */
export function takeLessonPress(turn: Turn, { choice }: MessageEvent): boolean {
  const [question, id] = choice?.split('.') ?? []
  const reply = LESSON_REPLIES.find((one) => one === id)
  const notice = courseRunOf(turn.state)?.notice
  if (!reply || String(notice?.seq) !== question) return false
  answer(turn, reply)
  return true
}

/** A typed reply to a notice that has left and came after any question or reminder that waits: then "1" is its. */
export function takeLessonReply(turn: Turn, text: string): boolean {
  const notice = courseRunOf(turn.state)?.notice
  if (!notice?.waits || !turn.facts.sent?.has(notice.message) || notice.seq <= newestOther(turn)) return false
  const context = { book: turn.book, directory: turn.facts.directory, at: turn.at }
  const chosen = byNumber(options(), text) ?? byName(options(), text, context)
  const reply = LESSON_REPLIES.find((one) => one === chosen?.id)
  if (!reply) return false
  answer(turn, reply)
  return true
}

/** The turn of the latest question or reminder that a number may answer as well. */
function newestOther({ state, facts }: Turn): number {
  const asked = [...openAppointments(state).map((one) => one.asked), checkInsOf(state)?.asked ?? null]
  const seqs = asked.flatMap((one) => (one && facts.sent?.has(one.message) ? [one.seq] : []))
  return Math.max(state.session?.wait ?? -1, ...seqs)
}

const FRESH_MS = 30 * 60_000

function answer(turn: Turn, reply: Reply): void {
  const run = courseRunOf(turn.state)!
  switch (reply) {
    case 'doc':
      return begin(turn, 'bai-hoc')
    case 'nghi':
      return begin(turn, 'nghi-hoc')
    case 'de-sau':
      putOff(turn, run)
      say(turn, run.paused ? 'bai-hoc.de-do' : 'bai-hoc.de-sau')
      if (!isBusy(turn) || !askAgain(turn)) flush(turn)
      return
    default:
      return reply satisfies never
  }
}

/** A question they are in the midst of, or a form they began, comes again afterwards. */
function begin(turn: Turn, flow: string): void {
  startFlow(turn, flow, isBusy(turn) ? 'inside' : 'instead')
}

function isBusy({ state, facts, book, at }: Turn): boolean {
  if (!state.session) return false
  const { lastMessageAt } = facts
  const form = state.session.runs.some((run) => book.flow(run.flow, run.revision)?.resumes === true)
  return form || (lastMessageAt !== null && at - lastMessageAt < FRESH_MS)
}
