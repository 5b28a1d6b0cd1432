import type { Fills, FillValue, Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import { shortCode } from '../short-code.ts'

export const VISIT_KINDS = [
  'individual',
  'group',
  'family',
  'health_station',
  'methadone',
  'determination',
  'admission',
  'hand_over',
] as const
export type VisitKind = (typeof VISIT_KINDS)[number]
/** `meeting`: a place in a meeting of the person's club. */
export type AppointmentKind = VisitKind | 'meeting'

/** How an appointment can end. `unknown`: nobody wrote down whether the person came. */
export const VISIT_MARKS = ['attended', 'missed', 'unknown'] as const
export type VisitMark = (typeof VISIT_MARKS)[number]

/** How plainly a reminder may speak: kín says nothing, vừa where and when, rõ also what for. */
export const STYLES = ['kin', 'vua', 'ro'] as const
export type Style = (typeof STYLES)[number]

/** What is agreed when an appointment is made. */
export interface Booking {
  kind: VisitKind
  point: Id
  /** Who receives the person; null: whoever is there. */
  staff: Id | null
  startsAt: Instant
  minutes: number
  /** Reminders were agreed to. */
  remind: boolean
  /** The person agreed that somebody may come to their home if they do not appear. */
  mayVisit: boolean
}

/** One appointment that is still ahead, or has not been marked yet. */
export interface Appointment extends Omit<Booking, 'kind'> {
  id: Id
  kind: AppointmentKind
  /** Where, when it is not the point itself; sealed words. */
  place: Id | null
  /** The calendar whose quarters it fills. */
  calendar: string
  /**
   * `requested`: the person wishes one and staff choose when; `startsAt` is then 0. Of a meeting also `invited`: no
   * answer yet, `waiting`: for a seat, `declined`: they cannot come.
   */
  state: 'requested' | 'booked' | 'confirmed' | 'move_asked' | 'invited' | 'waiting' | 'declined'
  /** The meeting it is a place in; `party`: how many seats they asked for. */
  meeting?: { id: Id; club: Id; place: string; family: boolean; party?: number }
  /** The reminder sent last: its message, and the turn whose number its choices carry. */
  asked: { message: Id; seq: number } | null
}

export function openAppointments({ appointments = [] }: Conversation): readonly Appointment[] {
  return appointments
}

/** The code under which a choice names an appointment; the same each time. */
export const visitCode = (id: Id): string => shortCode(id).toLowerCase()

/** The appointment that the answer `visit` means; the only one where none was named. */
export function chosenAppointment(state: Conversation): Appointment | null {
  const open = openAppointments(state)
  const answer = state.answers.visit
  const named = open.find(({ id }) => answer?.type === 'code' && visitCode(id) === answer.value)
  return named ?? (open.length === 1 ? open[0]! : null)
}

/** How plainly this person wishes to be reminded; nothing is given away unless they asked for it. */
export function styleOf({ answers }: Conversation): Style {
  const answer = answers.reminder_style
  return STYLES.find((style) => answer?.type === 'code' && answer.value === style) ?? 'kin'
}

/** The values that words about an appointment may name. */
export function visitFills({ startsAt, kind, point, place, meeting }: Appointment, state: Conversation): Fills {
  return {
    visit_when: { type: 'instant', at: startsAt, as: 'date_time' },
    visit_kind: { type: 'words', key: `lich-hen.loai.${kind}` },
    visit_place: meeting
      ? { type: 'text', text: meeting.place }
      : place === null
        ? { type: 'point_line', id: point }
        : { type: 'answer', id: place },
    visit_label: labelOf(state),
  }
}

/** The name under which the person wishes to be reminded: theirs, or one that says nothing. */
function labelOf({ answers }: Conversation): FillValue {
  const label = answers.reminder_label
  return label?.type === 'words' ? { type: 'answer', id: label.id } : { type: 'words', key: 'lich-hen.nhan' }
}
