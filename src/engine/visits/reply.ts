import { byLabelInside, byName, byNumber } from '../choose.ts'
import { readWhen } from '../clock/when.ts'
import { MEETING_REPLIES, meetingOptions } from '../clubs/club.ts'
import type { Option } from '../content.ts'
import type { InboundEvent } from '../conversation.ts'
import { askAgain, takeAnswer } from '../reply.ts'
import { emit, flush, say, type Turn } from '../turn.ts'
import { startFlow } from '../walk.ts'
import { readYesNo } from '../yes-no.ts'
import { type Appointment, openAppointments, visitCode } from './appointment.ts'
import { MOVE } from './choose-slot.ts'
import { REPLIES, replyOptions, sayOf } from './reminders.ts'

type MessageEvent = Extract<InboundEvent, { type: 'message' }>
type Reply = (typeof REPLIES)[number] | (typeof MEETING_REPLIES)[number]

const ALL: readonly Reply[] = [...new Set([...REPLIES, ...MEETING_REPLIES])]

/** A button under a reminder, whenever it is pressed: also of an appointment that has moved since, or has passed. */
export function takeReminderPress(turn: Turn, { choice }: MessageEvent): boolean {
  const [question, id] = choice?.split('.') ?? []
  const reply = ALL.find((one) => one === id)
  if (!reply) return false
  const appointment = openAppointments(turn.state).find(({ asked }) => String(asked?.seq) === question)
  if (appointment) {
    answer(turn, appointment, reply)
    return true
  }
  const ended = turn.state.endedVisit
  if (!ended || String(ended.seq) !== question) return false
  say(turn, `lich-hen.cu.${ended.how}`)
  startFlow(turn, 'lich-hen')
  return true
}

/**
 * A typed text as the reply to a reminder that was sent and came after any question that waits. Where two reminders
 * wait, "1" may mean either: the person is asked which, and nothing is guessed.
 */
export function takeReminderReply(turn: Turn, text: string): boolean {
  const wait = turn.state.session?.wait ?? -1
  const reminded = openAppointments(turn.state).filter(
    ({ asked }) => asked !== null && asked.seq > wait && turn.facts.sent?.has(asked.message) === true,
  )
  const unsure = reminded.filter(({ state }) => state !== 'confirmed')
  const waiting = unsure.length > 0 ? unsure : reminded
  if (waiting.length === 0) return false
  const reply = readReply(turn, text, waiting, unsure.length > 0)
  // Who has said yes may still say that they cannot come; their "ok" is about something else.
  if (unsure.length === 0 && (reply === null || reply === 'se-den')) return false
  const asksWhen = (reply === null || reply === 'doi') && waiting.some(({ meeting }) => !meeting)
  const when = asksWhen ? readWhen(text, turn.at) : null
  if (reply === null && !when?.date) return false
  if (waiting.length > 1) {
    begin(turn, 'lich-nao', { reply: reply ?? 'doi' })
    return true
  }
  const appointment = waiting[0]!
  if (!when?.date) {
    answer(turn, appointment, reply!)
    return true
  }
  // "Bận rồi, thứ 6 được không": the new day is in the same breath.
  beginFor(turn, appointment, MOVE)
  takeAnswer(turn, text, null)
  return true
}

/** One of the replies, by number, label or what people really type; a bare no means another day, or no, where it may count. */
function readReply(turn: Turn, text: string, waiting: readonly Appointment[], barely: boolean): Reply | null {
  const one = waiting.length === 1 ? waiting[0] : undefined
  const options: readonly Option[] = one?.meeting ? meetingOptions(one) : replyOptions()
  const context = { book: turn.book, directory: turn.facts.directory, at: turn.at }
  const chosen = byNumber(options, text) ?? byName(options, text, context) ?? byLabelInside(options, text, context)
  if (chosen) return chosen.id as Reply
  const yes = barely ? readYesNo(text) : null
  return yes === null ? null : yes ? 'se-den' : one?.meeting ? 'ban' : 'doi'
}

/** Begins a flow about this one appointment, whatever else is open. */
const beginFor = (turn: Turn, { id }: Appointment, flow: string) => begin(turn, flow, { visit: visitCode(id) })

/** The answers are given in the new session: they go with the one they were given in. */
function begin(turn: Turn, flow: string, answers: Readonly<Record<string, string>>): void {
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
  for (const [name, value] of Object.entries(answers))
    emit(turn, { type: 'answer_saved', name, answer: { type: 'code', value } })
  startFlow(turn, flow)
}

const FRESH_MS = 30 * 60_000

function answer(turn: Turn, appointment: Appointment, reply: Reply): void {
  if (appointment.meeting) return begin(turn, 'buoi', { visit: visitCode(appointment.id), reply })
  if (turn.at >= appointment.startsAt) {
    say(turn, 'lich-hen.gio-hen-da-qua')
    return beginFor(turn, appointment, MOVE)
  }
  switch (reply) {
    case 'se-den': {
      if (appointment.state !== 'confirmed') emit(turn, { type: 'appointment_confirmed', id: appointment.id, by: null })
      sayOf(turn, 'lich-hen.da-nhan', appointment)
      // A question they were in the midst of comes again; one of days ago does not.
      const { lastMessageAt } = turn.facts
      const inTheMidst = lastMessageAt !== null && turn.at - lastMessageAt < FRESH_MS
      if (!inTheMidst || !askAgain(turn)) flush(turn)
      return
    }
    case 'doi':
    case 'ban':
    case 'cung-nha':
      return beginFor(turn, appointment, MOVE)
    case 'noi':
      return beginFor(turn, appointment, 'gap-nguoi')
    default:
      return reply satisfies never
  }
}
