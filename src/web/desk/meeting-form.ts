import type { App } from '../../app/app.ts'
import { HOLIDAY_WAYS, type MeetingRule, type Occurrence, occurrencesOf } from '../../engine/clubs/series.ts'
import type { Instant } from '../../engine/content.ts'
import type { Club } from '../../engine/facts.ts'
import { dayOf, holidayOn } from '../../engine/hours.ts'
import type { MeetingPlan } from '../../store/meetings.ts'
import type { Form } from '../form-fields.ts'
import type { MeetingDraft } from '../pages/desk/meeting-form.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'

const DAY_MS = 86_400_000
const FURTHEST_DAYS = 366
/** How far ahead a rule is tried out. */
const LOOK_MS = 400 * DAY_MS

export const PATTERNS: Readonly<Record<string, string>> = {
  'mot-lan': 'Chỉ một buổi',
  tuan: 'Mỗi tuần',
  'hai-tuan': 'Hai tuần một lần',
  'thang-thu': 'Mỗi tháng, theo thứ',
  'thang-ngay': 'Mỗi tháng, theo ngày',
}
const BYDAY: Readonly<Record<string, string>> = { 1: 'MO', 2: 'TU', 3: 'WE', 4: 'TH', 5: 'FR', 6: 'SA', 7: 'SU' }
export const WEEKDAYS: Readonly<Record<string, string>> = {
  1: 'thứ Hai',
  2: 'thứ Ba',
  3: 'thứ Tư',
  4: 'thứ Năm',
  5: 'thứ Sáu',
  6: 'thứ Bảy',
  7: 'Chủ nhật',
}
export const WHICH: Readonly<Record<string, string>> = {
  1: 'đầu tiên',
  2: 'thứ hai',
  3: 'thứ ba',
  4: 'thứ tư',
  '-1': 'cuối cùng',
}
export const LENGTHS = [60, 90, 120, 180]
export const NOTICES = [3, 7, 14]

export function meetingDraft(form: Form): MeetingDraft {
  const text = (name: string) => form.one(name).normalize('NFC').replaceAll('\r\n', '\n').trim()
  return {
    pattern: text('pattern'),
    weekday: text('weekday'),
    which: text('which'),
    monthday: text('monthday'),
    first: text('first'),
    last: text('last'),
    time: text('time'),
    minutes: text('minutes'),
    place: text('place'),
    agenda: text('agenda'),
    capacity: text('capacity'),
    notice: text('notice'),
    onHoliday: text('on_holiday'),
    family: form.one('family') === 'yes',
  }
}

export function emptyDraft(club: Club): MeetingDraft {
  return {
    pattern: 'thang-thu',
    weekday: '6',
    which: '1',
    monthday: '',
    first: '',
    last: '',
    time: '08:00',
    minutes: '90',
    place: club.place ?? '',
    agenda: '',
    capacity: club.capacity === undefined ? '' : String(club.capacity),
    notice: '7',
    onHoliday: 'sau',
    family: false,
  }
}

type Read =
  | { type: 'one'; plan: MeetingPlan; startsAt: Instant }
  | { type: 'series'; plan: MeetingPlan; rule: MeetingRule; dates: readonly Occurrence[] }

const problem = (words: string) => ({ problem: `Chưa lưu: ${words}` })

/** A meeting, or a row of meetings, as a form tells it; or what is wrong and where. */
export function readMeetingForm(app: App, draft: MeetingDraft): Read | { problem: string } {
  const plan = readPlan(draft)
  if ('problem' in plan) return plan
  const time = timeOf(draft.time)
  if (time === null) return problem(`giờ “${draft.time}” chưa đúng. Bạn viết như 08:30.`)
  const { calendar } = app.directory()
  const now = app.now()
  if (!isDay(draft.first))
    return problem(
      draft.pattern === 'mot-lan' ? 'bạn chọn ngày của buổi.' : 'bạn chọn ngày bắt đầu tính, ví dụ hôm nay.',
    )
  if (draft.pattern === 'mot-lan') {
    const startsAt = midnightOf(draft.first) + time * 60_000
    const fault = faultOfMoment(startsAt, now)
    if (fault !== null) return problem(fault)
    const holiday = holidayOn(calendar, draft.first)
    if (holiday !== null) return problem(`${writtenDay(draft.first)} nghỉ ${holiday}. Bạn chọn ngày khác.`)
    return { type: 'one', plan, startsAt }
  }
  const rule = ruleOf(draft)
  if (rule === null) return problem('bạn chọn cách lặp lại, và thứ hoặc ngày trong tháng.')
  if (draft.last !== '' && !isDay(draft.last)) return problem(`không có ngày “${draft.last}” trong lịch.`)
  if (draft.last !== '' && draft.last < draft.first)
    return problem(`ngày cuối ${writtenDay(draft.last)} đứng trước ngày bắt đầu ${writtenDay(draft.first)}.`)
  const onHoliday = HOLIDAY_WAYS.find((one) => one === draft.onHoliday) ?? 'sau'
  const whole: MeetingRule = { rule, first: draft.first, last: draft.last === '' ? null : draft.last, time, onHoliday }
  const dates = occurrencesOf(whole, calendar, now, Math.max(now, midnightOf(draft.first)) + LOOK_MS)
  if (dates.length > 0) return { type: 'series', plan, rule: whole, dates }
  const kept = occurrencesOf({ ...whole, onHoliday: 'sau' }, calendar, now, midnightOf(draft.first) + LOOK_MS)
  if (kept.length > 0)
    return problem('mọi buổi theo cách lặp này rơi vào ngày nghỉ lễ. Bạn chọn dời buổi, hoặc đổi ngày.')
  const until = draft.last === '' ? '' : ` đến ${writtenDay(draft.last)}`
  return problem(
    `từ ${writtenDay(draft.first)}${until} không có buổi nào theo cách lặp này${draft.pattern === 'thang-ngay' ? ` (ngày ${draft.monthday} không có trong khoảng ấy, hoặc đã qua)` : ''}. Bạn đổi ngày, hoặc bỏ trống ngày cuối.`,
  )
}

/** Another time and place for one meeting. */
export function readMeetingChange(
  app: App,
  draft: MeetingDraft,
): { plan: MeetingPlan; startsAt: Instant } | { problem: string } {
  const read = readMeetingForm(app, { ...draft, pattern: 'mot-lan' })
  if ('problem' in read) return read
  return read.type === 'one' ? read : problem('bạn chọn ngày của buổi.')
}

function readPlan(draft: MeetingDraft): MeetingPlan | { problem: string } {
  const minutes = LENGTHS.find((one) => String(one) === draft.minutes)
  if (minutes === undefined) return problem('bạn chọn buổi dài bao lâu.')
  if (draft.place.length < 3 || draft.place.length > 200) return problem('nơi gặp dài từ 3 đến 200 ký tự.')
  if (draft.agenda.length > 500) return problem(`nội dung dài ${draft.agenda.length} ký tự, giới hạn là 500.`)
  if (/[{}*]/.test(draft.place + draft.agenda))
    return problem('nơi gặp và nội dung không dùng dấu ngoặc nhọn hay dấu sao.')
  const capacity = Number(draft.capacity)
  if (draft.capacity !== '' && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 500))
    return problem('số chỗ là một số từ 1 đến 500, hoặc để trống.')
  const noticeDays = NOTICES.find((one) => String(one) === draft.notice) ?? 7
  return {
    minutes,
    place: draft.place,
    agenda: draft.agenda,
    family: draft.family,
    capacity: draft.capacity === '' ? null : capacity,
    noticeDays,
  }
}

function faultOfMoment(startsAt: Instant, now: Instant): string | null {
  if (startsAt <= now) return `${writtenDay(dayOf(startsAt))} lúc ấy đã qua. Bạn chọn một buổi ở phía trước.`
  return startsAt > now + FURTHEST_DAYS * DAY_MS ? `ngày ấy xa quá ${FURTHEST_DAYS} ngày.` : null
}

function timeOf(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

function ruleOf({ pattern, weekday, which, monthday }: MeetingDraft): string | null {
  const day = BYDAY[weekday]
  switch (pattern) {
    case 'tuan':
      return day ? `FREQ=WEEKLY;BYDAY=${day}` : null
    case 'hai-tuan':
      return day ? `FREQ=WEEKLY;INTERVAL=2;BYDAY=${day}` : null
    case 'thang-thu':
      return day && which in WHICH ? `FREQ=MONTHLY;BYDAY=${which}${day}` : null
    case 'thang-ngay':
      return /^([1-9]|[12]\d|3[01])$/.test(monthday) ? `FREQ=MONTHLY;BYMONTHDAY=${monthday}` : null
    default:
      return null
  }
}

/** A rule of this form in words. */
export function ruleWords(rule: string): string {
  const part = (name: string) => new RegExp(`${name}=([^;]+)`).exec(rule)?.[1]
  const [, which = '', day = ''] = /^(-?\d)?(\w\w)$/.exec(part('BYDAY') ?? '') ?? []
  const weekday = WEEKDAYS[Object.entries(BYDAY).find(([, name]) => name === day)?.[0] ?? ''] ?? ''
  if (part('FREQ') === 'WEEKLY')
    return part('INTERVAL') === '2' ? `hai tuần một lần, ${weekday}` : `mỗi tuần, ${weekday}`
  const monthday = part('BYMONTHDAY')
  return monthday ? `mỗi tháng, ngày ${monthday}` : `mỗi tháng, ${weekday} ${WHICH[which] ?? ''}`
}
