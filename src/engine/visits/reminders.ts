import { daysBefore, instantOn } from '../clock/zone.ts'
import { clubFills, meetingOptions } from '../clubs/club.ts'
import type { Id, Instant, Option } from '../content.ts'
import type { Timer } from '../conversation.ts'
import { dayOf } from '../hours.ts'
import { emit, nextId, say, type Turn } from '../turn.ts'
import { type Appointment, openAppointments, styleOf, visitFills } from './appointment.ts'
import { momentFor, windowOf } from './calm.ts'
import type { MilestoneStep } from './milestones.ts'

/** One moment at which an appointment is spoken of. */
export interface ReminderStep {
  id: string
  when:
    | { type: 'days_before'; days: number; minutes: number } // minutes after midnight
    | { type: 'minutes_before'; minutes: number }
  /** `unconfirmed`: only while the person has not said that they will come. */
  only: 'always' | 'unconfirmed'
}

/** The ladder of reminders: data with its defaults, reviewed like words. */
export interface ReminderPlan {
  steps: readonly ReminderStep[]
  /** Later than this before the beginning a reminder is no help any more. */
  latestMinutes: number
  /** So long after its beginning an appointment that nobody marked counts as not known. */
  overMinutes: number
  /** Words that come so many days after or before a day of the person's own. */
  milestones?: readonly MilestoneStep[]
  /** A missed appointment is looked into within so many hours. */
  traceHours: number
}

export const DEFAULT_PLAN: ReminderPlan = {
  steps: [
    { id: 'hom-truoc', when: { type: 'days_before', days: 1, minutes: 9 * 60 }, only: 'always' },
    { id: 'trong-ngay', when: { type: 'minutes_before', minutes: 180 }, only: 'unconfirmed' },
  ],
  latestMinutes: 45,
  overMinutes: 48 * 60,
  traceHours: 48,
}

const MINUTE_MS = 60_000

export const planOf = (turn: Turn): ReminderPlan => turn.book.reminders ?? DEFAULT_PLAN

/** What the choices of every reminder are called. */
export const REPLIES = ['se-den', 'doi', 'noi'] as const

export const replyOptions = (): readonly Option[] =>
  REPLIES.map((id) => ({ id, label: { type: 'words', key: `lich-hen.tra-loi.${id}` } }))

/** The board has a week to write down who came. */
const MEETING_OVER = 7 * 24 * 60

const timerId = (appointment: Id, step: string): Id => `${appointment}:${step}`
const OVER = 'qua'

/** Sets the timers of a new appointment: each reminder at a moment the person can be written to, and its end. */
export function setReminders(turn: Turn, appointment: Appointment): void {
  const { id, startsAt, minutes, remind } = appointment
  const plan = planOf(turn)
  if (remind) {
    for (const step of plan.steps) {
      const dueAt = momentOf(turn, step, startsAt)
      if (typeof dueAt === 'string') dropReminder(turn, id, step.id, dueAt)
      else emit(turn, { type: 'timer_set', id: timerId(id, step.id), kind: 'reminder', dueAt })
    }
  }
  const overAt = startsAt + Math.max(minutes, appointment.meeting ? MEETING_OVER : plan.overMinutes) * MINUTE_MS
  emit(turn, { type: 'timer_set', id: timerId(id, OVER), kind: 'visit_over', dueAt: overAt })
}

/** When a step is due: as planned, earlier where quiet time is in the way, later if need be; else why it never is. */
function momentOf(turn: Turn, step: ReminderStep, startsAt: Instant): Instant | 'booked_late' | 'no_time' {
  const wanted = planned(step, startsAt)
  // Booked so late that its moment has passed: what was said at booking is the reminder.
  if (wanted <= turn.at) return 'booked_late'
  const latest = startsAt - planOf(turn).latestMinutes * MINUTE_MS
  const hours = turn.state.answers.reminder_hours
  const window = windowOf(hours?.type === 'code' ? hours.value : null)
  return momentFor(wanted, { earliest: turn.at, latest }, window, turn.facts.directory.calendar) ?? 'no_time'
}

function planned({ when }: ReminderStep, startsAt: Instant): Instant {
  return when.type === 'days_before'
    ? instantOn(daysBefore(startsAt, when.days), when.minutes)
    : startsAt - when.minutes * MINUTE_MS
}

/** Its timers go with an appointment that ends or moves, and so does a reminder that has not left. */
export function clearReminders(turn: Turn, { id, asked }: Appointment): void {
  for (const step of planOf(turn).steps) emit(turn, { type: 'timer_cleared', id: timerId(id, step.id) })
  emit(turn, { type: 'timer_cleared', id: timerId(id, OVER) })
  if (asked) emit(turn, { type: 'message_withdrawn', id: asked.message })
}

function dropReminder(turn: Turn, id: Id, step: string, reason: string): void {
  emit(turn, { type: 'reminder_dropped', id, step, reason, at: turn.at })
}

/** The appointment and the step a timer was set for; null when that appointment has ended. */
function ofTimer(turn: Turn, timer: Id): { appointment: Appointment; step: string } | null {
  const at = timer.lastIndexOf(':')
  const appointment = openAppointments(turn.state).find(({ id }) => id === timer.slice(0, at))
  return appointment ? { appointment, step: timer.slice(at + 1) } : null
}

/**
 * A reminder is due. It is not sent when it came too late to help, when the person has already said yes, or when a
 * later one is due as well: after an outage one is enough.
 */
export function reminderDue(turn: Turn, timer: Timer): void {
  const found = ofTimer(turn, timer.id)
  if (!found) return emit(turn, { type: 'ignored', reason: 'appointment_gone' })
  const { appointment, step } = found
  const plan = planOf(turn)
  const index = plan.steps.findIndex(({ id }) => id === step)
  const drop = (reason: string) => dropReminder(turn, appointment.id, step, reason)
  if (index < 0) return drop('no_such_step')
  const wanted = (one: ReminderStep) => isWanted(appointment, one)
  if (!wanted(plan.steps[index]!)) return drop(appointment.state)
  const expiresAt = appointment.startsAt - plan.latestMinutes * MINUTE_MS
  if (turn.at >= expiresAt) return drop('too_late')
  const later = plan.steps.slice(index + 1).filter(wanted)
  if (later.some((one) => planned(one, appointment.startsAt) <= turn.at)) return drop('superseded')
  remind(turn, appointment, step, expiresAt)
  // Where nothing can be pushed they see it when they return, and a human is told that they may not.
  if (turn.facts.cannotPush && !turn.state.walkIn)
    emit(turn, {
      type: 'task_opened',
      id: `${timer.id}:task`,
      reason: 'reminder_cannot_push',
      about: appointment.id,
      at: turn.at,
    })
}

/** Of a meeting nothing more is said to who cannot come or waits for a seat, and one reminder is enough without an answer. */
function isWanted({ state }: Appointment, { only }: ReminderStep): boolean {
  if (state === 'declined' || state === 'waiting') return false
  return only === 'always' || (state !== 'confirmed' && state !== 'invited')
}

/** Queues one reminder in the person's own wording, with the three replies. */
export function remind(
  turn: Turn,
  appointment: Appointment,
  step: string,
  expiresAt: Instant,
  lane: 'conversation' | 'unprompted' = 'unprompted',
): void {
  // Somebody without a chat is called: they stand on the point's list of the day.
  if (turn.state.walkIn) return emit(turn, { type: 'call_planned', on: dayOf(turn.at) })
  const words = appointment.meeting ? 'sinh-hoat' : 'lich-hen'
  const club = appointment.meeting ? clubFills(turn.state, turn.facts.directory) : {}
  const fills = { ...visitFills(appointment, turn.state), ...club }
  const message = {
    blocks: [{ key: `${words}.${step}.${styleOf(turn.state)}`, fills }],
    options: appointment.meeting ? meetingOptions(appointment) : replyOptions(),
    question: turn.state.seq,
  }
  // One that is still on its way would say the same again.
  if (appointment.asked) emit(turn, { type: 'message_withdrawn', id: appointment.asked.message })
  const id = nextId(turn)
  emit(turn, { type: 'message_queued', id, lane, kind: 'reminder', message, expiresAt })
  emit(turn, { type: 'reminder_asked', id: appointment.id, message: id })
}

/** Nobody wrote down whether the person came: that is not known, and nobody is blamed for it. */
export function visitOver(turn: Turn, timer: Timer): void {
  const found = ofTimer(turn, timer.id)
  if (!found) return emit(turn, { type: 'ignored', reason: 'appointment_gone' })
  const { appointment } = found
  clearReminders(turn, appointment)
  emit(turn, { type: 'appointment_marked', id: appointment.id, as: 'unknown', by: null, at: turn.at })
}

/** Says something about an appointment in the conversation. */
export function sayOf(turn: Turn, key: string, appointment: Appointment): void {
  say(turn, key)
  const said = turn.blocks.at(-1)
  if (said?.key === key)
    turn.blocks[turn.blocks.length - 1] = { key, fills: { ...said.fills, ...visitFills(appointment, turn.state) } }
}
