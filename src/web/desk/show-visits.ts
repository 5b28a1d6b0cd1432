import { randomUUID } from 'node:crypto'
import type { App } from '../../app/app.ts'
import { aboutClub } from '../../app/club-about.ts'
import { may } from '../../app/permissions.ts'
import { membershipOf } from '../../engine/clubs/club.ts'
import type { Id, Instant } from '../../engine/content.ts'
import type { MuteReason } from '../../engine/conversation.ts'
import { enrolmentCode, isOver } from '../../engine/enrolment/enrolment.ts'
import type { Day } from '../../engine/facts.ts'
import { dayOf, formatClock, formatDateTime, holidayOn, localTime, weekdayName } from '../../engine/hours.ts'
import { openReferrals } from '../../engine/referrals/referral.ts'
import { shortCode } from '../../engine/short-code.ts'
import { enrolmentOfContact } from '../../store/enrolments.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import { upgradeConversation } from '../../store/versions.ts'
import { readFates, type VisitRow, visitsOf } from '../../store/visits.ts'
import { readWalkIn } from '../../store/walk-ins.ts'
import { type MuteView, visitLinks, visitPage } from '../pages/desk/visit.ts'
import type { VisitItem, WeekDay } from '../pages/desk/week.ts'
import type { Markup } from '../pages/layout.ts'
import { writtenDay } from './call-day.ts'
import { aboutEnrolment, STEP_WORDS } from './enrolment-words.ts'
import { dropWords, MUTE_WORDS, REMINDER_HOURS, STYLE_WORDS, VISIT_KIND_WORDS, VISIT_STATE_WORDS } from './labels.ts'
import { REFERRAL_STATE_WORDS } from './referral-words.ts'
import { readerOf, staffName, type Who } from './who.ts'

const OPEN = ['requested', 'booked', 'confirmed', 'move_asked']

/** Is an appointment still to be marked or to come. */
export const isOpenVisit = ({ state }: Pick<VisitRow, 'state'>): boolean => OPEN.includes(state)

/** `thứ Hai 23/11`. */
function dayName(day: Day, midnight: Instant): string {
  const [, month, date] = day.split('-')
  const name = weekdayName(localTime(midnight).weekday)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${Number(date)}/${Number(month)}`
}

/** A day of a calendar, with those of these appointments that fall on it. */
export async function describeDay(app: App, midnight: Instant, rows: readonly VisitRow[]): Promise<WeekDay> {
  const day = dayOf(midnight)
  const mine = rows.filter(({ startsAt }) => dayOf(startsAt) === day)
  const fates = await readFates(app.store, mine.flatMap(askedOf))
  return {
    day,
    name: dayName(day, midnight),
    holiday: holidayOn(app.directory().calendar, day),
    today: day === dayOf(app.now()),
    items: mine.map((row) => describeItem(app, row, troubleOf(row, fates))),
  }
}

/** The reminder of an appointment that was queued last. */
function askedOf(row: VisitRow): readonly Id[] {
  try {
    const one = upgradeConversation(row.conversation).appointments?.find(({ id }) => id === row.id)
    return one?.asked ? [one.asked.message] : []
  } catch {
    return []
  }
}

/** Why the last reminder did not go out, where somebody should know. */
function troubleOf(row: VisitRow, fates: Awaited<ReturnType<typeof readFates>>): string | null {
  if (!isOpenVisit(row)) return null
  const asked = askedOf(row)[0]
  const fate = asked === undefined ? undefined : fates.get(asked)
  if (fate?.state === 'dropped') return dropWords(fate.reason)
  if (fate?.state === 'failed' || fate?.state === 'uncertain') return 'tin không chắc đã tới'
  return dropWords(row.dropped?.slice(row.dropped.indexOf(':') + 1) ?? null)
}

function describeItem(app: App, row: VisitRow, trouble: string | null): VisitItem {
  return {
    id: row.id,
    time: formatClock(localTime(row.startsAt).minutes),
    minutes: row.minutes,
    kind: VISIT_KIND_WORDS[row.kind as keyof typeof VISIT_KIND_WORDS] ?? row.kind,
    code: shortCode(row.contact),
    staff: row.staff === null ? null : staffName(app, row.staff),
    state: VISIT_STATE_WORDS[row.state] ?? row.state,
    unmarked: isOpenVisit(row) && row.startsAt <= app.now(),
    moving: row.state === 'move_asked',
    trouble,
  }
}

export interface KeptVisit {
  message?: string
  done?: string | null
}

/** The page of one appointment for this member of staff. */
export async function showVisit(app: App, who: Who, row: VisitRow, kept: KeptVisit): Promise<Markup> {
  const { conversation } = await load(app.store, row.contact)
  const words = (id: Id | null) => (id === null ? null : openWords(app.store, app.vault, id))
  const place = await words(row.place)
  const note = await words(row.note)
  const { reminder_style: style, reminder_hours: hours } = conversation.answers
  const code = (answer: typeof style, of: Readonly<Record<string, string>>, usual: string) =>
    (answer?.type === 'code' && of[answer.value]) || of[usual]!
  const { directory } = app
  const point = directory().points.find(({ id }) => id === row.point)
  const fates = await readFates(app.store, askedOf(row))
  return visitPage({
    reader: readerOf(who),
    path: `/desk/lich/${row.id}`,
    formId: randomUUID(),
    when: capital(formatDateTime(row.startsAt)),
    code: shortCode(row.contact),
    facts: [
      ['Mã', shortCode(row.contact)],
      ['Việc hẹn', VISIT_KIND_WORDS[row.kind as keyof typeof VISIT_KIND_WORDS] ?? row.kind],
      ['Trạng thái', VISIT_STATE_WORDS[row.state] ?? row.state],
      ['Trong', `${row.minutes} phút`],
      ['Điểm', point?.name ?? row.point],
      ['Chỗ hẹn', place ?? 'tại điểm'],
      ['Người tiếp', row.staff === null ? 'ai có mặt' : staffName(app, row.staff)],
      ['Đặt bởi', row.by === null ? 'chính người ấy' : staffName(app, row.by)],
      ['Nhắc lịch', row.remind ? code(style, STYLE_WORDS, 'kin') : 'không nhắc'],
      ...(row.remind ? ([['Giờ nhắc', code(hours, REMINDER_HOURS, 'ca-ngay')]] as const) : []),
      ...(note === null ? [] : ([['Ghi chú', note]] as const)),
    ],
    person: await personOf(app, who, row),
    open: isOpenVisit(row),
    confirmed: row.state === 'confirmed',
    begun: row.startsAt <= app.now(),
    trouble: troubleOf(row, fates),
    mute: muteOf(app, who, row.point, conversation.muted ?? null),
    message: kept.message ?? null,
    done: kept.done ?? null,
  })
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function muteOf(app: App, who: Who, point: Id, muted: string | null): MuteView | null {
  const above = app.directory().points.find(({ id }) => id === point)?.above
  if (!may('contact.mute', who.member, { point, above })) return null
  return {
    reasons: Object.entries(MUTE_WORDS).map(([value, label]) => ({ value, label })),
    muted: muted === null ? null : (MUTE_WORDS[muted as MuteReason] ?? MUTE_WORDS.khac),
  }
}

/** The open talk or the record behind an appointment. */
export async function personOf(
  app: App,
  who: Who,
  { contact, ticket, point }: { contact: Id; ticket: Id | null; point: Id },
): Promise<{ href: string; words: string } | null> {
  if (ticket !== null) return { href: `/desk/tickets/${ticket}`, words: 'Mở cuộc đang chờ của người này' }
  const above = app.directory().points.find(({ id }) => id === point)?.above
  if (!may('walk_in.read', who.member, { point, above })) return null
  const record = await readWalkIn(app.store, contact)
  return record && { href: `/desk/people/${record.contact}`, words: 'Mở hồ sơ khách' }
}

/** The appointments of one person, beside their talk or in their record. */
export async function showVisitLinks(app: App, who: Who, contact: Id, query: string): Promise<Markup> {
  const above = (point: Id) => app.directory().points.find(({ id }) => id === point)?.above
  const allowed = (point: Id) => may('visit.read', who.member, { point, above: above(point) })
  const rows = (await visitsOf(app.store, contact)).filter(({ point, state }) => allowed(point) && state !== 'moved')
  return visitLinks({
    query,
    visits: rows.slice(0, 6).map(({ id, startsAt, state }) => ({
      id,
      when: formatDateTime(startsAt),
      state: VISIT_STATE_WORDS[state] ?? state,
    })),
    club: await clubOf(app, who, contact),
    referrals: await referralsOf(app, who, contact),
    request: await requestOf(app, who, contact),
    mayBook: app.directory().points.some(({ id }) => may('visit.book', who.member, { point: id, above: above(id) })),
  })
}

/** The introductions of one person that go on, for staff who may write them. */
async function referralsOf(app: App, who: Who, contact: Id): Promise<readonly { id: Id; words: string }[] | null> {
  const { points, services = [] } = app.directory()
  const allowed = (point: Id) =>
    may('referral.write', who.member, { point, above: points.find(({ id }) => id === point)?.above })
  if (!points.some(({ id }) => allowed(id))) return null
  const { conversation } = await load(app.store, contact)
  return openReferrals(conversation)
    .filter(({ point }) => allowed(point))
    .map(({ id, service, state }) => {
      const name = services.find((one) => one.id === service)?.name ?? 'một nơi'
      return { id, words: `${name}: ${REFERRAL_STATE_WORDS[state]}` }
    })
}

/** The request of somebody to be helped into treatment, for staff who may read it; that one may be made, for those who may. */
async function requestOf(app: App, who: Who, contact: Id): Promise<{ href: string | null; words: string } | null> {
  const row = await enrolmentOfContact(app.store, contact)
  if (row && may('enrolment.read', who.member, aboutEnrolment(app, row)))
    return { href: `/desk/dang-ky/${row.id}`, words: `${enrolmentCode(row.id)} · ${STEP_WORDS[row.state]}` }
  const { points } = app.directory()
  const writes = points.some(({ id, above }) => may('enrolment.write', who.member, { point: id, above }))
  return writes && (!row || isOver(row)) ? { href: null, words: 'Ghi yêu cầu đăng ký đi cai, điều trị' } : null
}

/** Where somebody stands to a club, for staff who may invite. */
async function clubOf(app: App, who: Who, contact: Id): Promise<{ words: string; mayInvite: boolean } | null> {
  const { clubs } = app.directory()
  if (!clubs.some((club) => may('club.members', who.member, aboutClub(app, club)))) return null
  const membership = membershipOf((await load(app.store, contact)).conversation)
  if (!membership) return { words: '', mayInvite: true }
  const name = clubs.find(({ id }) => id === membership.club)?.name ?? 'một câu lạc bộ'
  return { words: membership.state === 'member' ? `Hội viên: ${name}.` : `Đã mời vào: ${name}.`, mayInvite: false }
}

/** `30/11/2026` of an instant. */
export const writtenDate = (at: Instant): string => writtenDay(dayOf(at))
