import type { App } from '../../app/app.ts'
import type { Instant } from '../../engine/content.ts'
import type { ReminderSettings } from '../../engine/conversation.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf, holidayOn, localTime, openAt } from '../../engine/hours.ts'
import type { StaffMember } from '../../engine/staff.ts'
import { type Booking, STYLES, VISIT_KINDS } from '../../engine/visits/appointment.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'
import { REMINDER_HOURS } from './labels.ts'

/** What a form for an appointment holds, as typed. */
export interface VisitDraft {
  point: string
  staff: string
  minutes: string
  kind: string
  /** A free time that was chosen, as milliseconds; empty where day and time were typed. */
  slot: string
  day: string
  time: string
  closed: boolean
  place: string
  note: string
  remind: boolean
  mayVisit: boolean
  style: string
  hours: string
  label: string
  news: boolean
}

export const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240] as const
const FURTHEST_DAYS = 180
const PLACE_LIMIT = 120
const NOTE_LIMIT = 2_000
/** The name of a reminder is shown on a lock screen. */
const LABEL_LIMIT = 40

export function visitDraft(fields: (name: string) => string): VisitDraft {
  return {
    point: fields('diem'),
    staff: fields('can_bo'),
    minutes: fields('phut'),
    kind: fields('kind'),
    slot: fields('slot'),
    day: fields('day'),
    time: fields('time'),
    closed: fields('closed') === 'yes',
    place: fields('place').normalize('NFC').trim(),
    note: fields('note').normalize('NFC').trim(),
    remind: fields('remind') === 'yes',
    mayVisit: fields('may_visit') === 'yes',
    style: fields('style'),
    hours: fields('hours'),
    label: fields('label').normalize('NFC').trim(),
    news: fields('news') === 'yes',
  }
}

export interface ReadVisit {
  booking: Booking
  place: string
  note: string
  settings: ReminderSettings
}

/** An appointment as a form tells it, or what is wrong and where. */
export function readVisitForm(
  app: App,
  point: Point,
  colleagues: readonly StaffMember[],
  draft: VisitDraft,
): ReadVisit | { problem: string } {
  const kind = VISIT_KINDS.find((one) => one === draft.kind)
  if (!kind) return problem('bạn chọn việc hẹn.')
  const minutes = LENGTHS.find((one) => String(one) === draft.minutes)
  if (!minutes) return problem('bạn chọn hẹn trong bao lâu.')
  if (draft.staff !== '' && !colleagues.some(({ id }) => id === draft.staff))
    return problem('người tiếp đã chọn không còn ở điểm này. Bạn chọn người khác.')
  const at = draft.day === '' && draft.time === '' ? readSlot(draft.slot) : readTyped(draft)
  if (typeof at !== 'number') return at
  const fault = faultOf(app, point, draft, at)
  if (fault) return problem(fault)
  if (draft.place.length > PLACE_LIMIT) return problem(`chỗ hẹn dài quá ${PLACE_LIMIT} ký tự.`)
  if (draft.note.length > NOTE_LIMIT)
    return problem(`ghi chú dài ${draft.note.length} ký tự, giới hạn là ${NOTE_LIMIT}.`)
  if (draft.label.length > LABEL_LIMIT) return problem(`tên gọi trong tin nhắc dài quá ${LABEL_LIMIT} ký tự.`)
  const { place, note, label, remind, mayVisit } = draft
  return {
    booking: {
      kind,
      point: point.id,
      staff: draft.staff === '' ? null : draft.staff,
      startsAt: at,
      minutes,
      remind,
      mayVisit,
    },
    place,
    note,
    settings: {
      style: STYLES.find((one) => one === draft.style) ?? 'kin',
      hours: draft.hours in REMINDER_HOURS ? draft.hours : 'ca-ngay',
      label,
      ...(draft.news ? { news: true } : {}),
    },
  }
}

const problem = (words: string) => ({ problem: `Chưa đặt: ${words}` })

function readSlot(slot: string): Instant | { problem: string } {
  const at = Number(slot)
  return slot !== '' && Number.isSafeInteger(at) ? at : problem('bạn chọn một giờ trống, hoặc gõ ngày và giờ.')
}

function readTyped({ day, time }: VisitDraft): Instant | { problem: string } {
  if (!isDay(day))
    return problem(`không có ngày “${day || 'trống'}” trong lịch. Bạn chọn một ngày dương lịch, ví dụ 30/11/2026.`)
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  if (hours === undefined) return problem(`giờ “${time || 'trống'}” chưa đúng. Bạn viết như 08:30.`)
  return midnightOf(day) + (Number(hours) * 60 + Number(minutes)) * 60_000
}

function faultOf(app: App, point: Point, { closed }: VisitDraft, at: Instant): string | null {
  const { calendar } = app.directory()
  const day = dayOf(at)
  if (at <= app.now()) return `${writtenDay(day)} lúc ấy đã qua. Bạn chọn giờ sau bây giờ.`
  if (at > app.now() + FURTHEST_DAYS * 86_400_000) return `ngày ${writtenDay(day)} xa quá ${FURTHEST_DAYS} ngày.`
  if (localTime(at).minutes % 15 !== 0) return 'giờ hẹn tính theo từng 15 phút, ví dụ 08:15 hay 08:30.'
  if (closed || openAt(point, calendar, at)) return null
  if (point.shifts.length === 0)
    return `điểm này chưa khai giờ làm việc. Bạn khai ở mục “Điểm và trực”, hoặc đánh dấu “Vẫn hẹn ngoài giờ làm việc”.`
  const holiday = holidayOn(calendar, day)
  return `lúc ấy điểm nghỉ${holiday === null ? '' : ` (${holiday})`}. Chọn giờ khác, hoặc đánh dấu “Vẫn hẹn ngoài giờ làm việc”.`
}
