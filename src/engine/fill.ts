import { planFills } from './accompany/plan.ts'
import { progressFills } from './accompany/progress.ts'
import { supporterFills } from './accompany/supporter.ts'
import type { Book, Contact } from './book.ts'
import { labelText } from './choose.ts'
import { clubFills } from './clubs/club.ts'
import type { Block, Fills, FillValue, Id, Instant, Message } from './content.ts'
import type { Conversation } from './conversation.ts'
import { courseFills } from './courses/course.ts'
import { enrolmentFills } from './enrolment/enrolment.ts'
import type { Calendar, Directory, Facts, Point, ServiceFacts } from './facts.ts'
import {
  dayOf,
  formatClock,
  formatDate,
  formatDateTime,
  formatShifts,
  holidayOn,
  localTime,
  nextOpen,
  openAt,
} from './hours.ts'
import { languageOf } from './language.ts'
import { showPhone } from './phone.ts'
import { contestFills } from './quiz/contest-try.ts'
import { practiceFills } from './quiz/practice.ts'
import { referralFills } from './referrals/referral.ts'
import { describeService, facilitiesFor } from './referrals/service.ts'
import { wordsOf } from './safe-card.ts'
import { unmarked } from './text.ts'
import { chosenAppointment, visitFills } from './visits/appointment.ts'

const PLACEHOLDER = /\{([^{}\s]+)\}/g

const placed = new WeakMap<readonly string[], readonly string[]>()

/** The placeholder names of a text, looked for once in each text of a book. */
export function placeholders(paragraphs: readonly string[]): readonly string[] {
  let names = placed.get(paragraphs)
  if (!names) {
    names = [...new Set(paragraphs.flatMap((p) => [...p.matchAll(PLACEHOLDER)].map((m) => m[1]!)))]
    placed.set(paragraphs, names)
  }
  return names
}

/** The points that serve the commune a person named, or all when none does or none was named. */
export function pointsFor(state: Conversation, directory: Directory): readonly Point[] {
  const commune = state.answers.commune
  if (commune?.type !== 'code') return directory.points
  const near = directory.points.filter((p) => p.communes.includes(commune.value))
  return near.length > 0 ? near : directory.points
}

/** The points where the person is: the one they chose or whose commune they named; all, where a service has but a few. */
function nearest(state: Conversation, directory: Directory): readonly Point[] {
  const chosen = state.answers.point
  const here = directory.points.filter(({ id }) => chosen?.type === 'code' && chosen.value === id)
  const points = here.length > 0 ? here : pointsFor(state, directory)
  return points.length <= FEW ? points : []
}

const FEW = 3

export type Desk = { type: 'open' } | { type: 'closed'; nextAt: Instant } | { type: 'unknown' }

/** Whether a person at the chosen point, else at any suitable point, works at this instant. */
export function deskAt(state: Conversation, directory: Directory, at: Instant): Desk {
  const chosen = state.answers.point
  const points = pointsFor(state, directory).filter(
    (p) => chosen?.type !== 'code' || chosen.value === '' || p.id === chosen.value,
  )
  const all = points.length > 0 ? points : directory.points
  if (all.some((p) => openAt(p, directory.calendar, at))) return { type: 'open' }
  const next = all.flatMap((p) => nextOpen(p, directory.calendar, at) ?? [])
  return next.length === 0 ? { type: 'unknown' } : { type: 'closed', nextAt: Math.min(...next) }
}

type KnownFacts = Pick<Facts, 'directory' | 'receipt' | 'operator' | 'joinCode'>

/** The values of the placeholders a block's words have now; a person's words stay references. */
export function fillsFor(names: readonly string[], state: Conversation, facts: KnownFacts, at: Instant): Fills {
  const fills: Record<string, FillValue> = {}
  for (const name of names) {
    const value = fillFor(name, state, facts, at)
    if (value) fills[name] = value
  }
  return fills
}

function fillFor(name: string, state: Conversation, facts: KnownFacts, at: Instant): FillValue | null {
  switch (name) {
    case 'facilities_now': {
      const { commune } = state.answers
      const near = commune?.type === 'code' ? commune.value : null
      return { type: 'services', ids: facilitiesFor(facts.directory.services ?? [], near).map(({ id }) => id) }
    }
    case 'points':
      return {
        type: 'points',
        ids: pointsFor(state, facts.directory)
          .slice(0, 5)
          .map((p) => p.id),
      }
    case 'receipt':
      return { type: 'text', text: facts.receipt }
    case 'open_now':
      return { type: 'open_now' }
    case 'join_code':
      return state.joinCode ? { type: 'answer', id: state.joinCode } : null
    case 'operator_notice':
      return { type: 'words', key: `he-thong.don-vi.${facts.operator ?? 'chua-khai'}` }
    case 'lines_now':
      return { type: 'lines_now', for: state.ticket?.reason ?? '' }
    case 'night_line':
      return { type: 'night_line', points: nearest(state, facts.directory).map(({ id }) => id) }
    case 'next_open': {
      const desk = deskAt(state, facts.directory, at)
      return desk.type === 'closed' ? { type: 'instant', at: desk.nextAt, as: 'date_time' } : null
    }
  }
  if (name === 'club_name' || name === 'club_place') return clubFills(state, facts.directory)[name] ?? null
  if (name.startsWith('supporter_')) return supporterFills(state, facts.directory)[name] ?? null
  if (name.startsWith('progress_')) return progressFills(state)[name] ?? null
  if (name.startsWith('plan_') || name === 'own_help') return planFills(state, facts.directory)[name] ?? null
  if (name.startsWith('course_')) return courseFills(state)[name] ?? null
  if (name.startsWith('quiz_')) return practiceFills(state)[name] ?? null
  if (name.startsWith('contest_')) return contestFills(state, facts.directory)[name] ?? null
  if (name.startsWith('enrol_')) return enrolmentFills(state)[name] ?? null
  if (name.startsWith('referral_')) return referralFills(state, facts.directory)[name] ?? null
  if (name.startsWith('visit_')) {
    const visit = chosenAppointment(state)
    return (visit && visitFills(visit, state)[name]) ?? null
  }
  const answer = state.answers[name]
  if (!answer || (answer.type === 'code' && answer.value === '')) return null
  if (answer.type === 'words') return { type: 'answer', id: answer.id }
  if (name === 'language') return { type: 'text', text: languageOf(answer.value)?.name ?? answer.value }
  if (name === 'point' || name === 'commune' || name === 'topic') return { type: name, id: answer.value }
  if (/^\d{4}-\d\d-\d\d$/.test(answer.value))
    return { type: 'instant', at: Date.parse(`${answer.value}T05:00Z`), as: 'date' }
  if (name === 'slot') return { type: 'instant', at: Number(answer.value), as: 'date_time' }
  if (name.endsWith('time') && /^\d+$/.test(answer.value)) return { type: 'clock', minutes: Number(answer.value) }
  return { type: 'text', text: answer.value }
}

/** What `compose` needs to turn keys into the words of this minute. */
export interface ComposeContext {
  book: Book
  directory: Directory
  pronoun: string | null
  now: Instant
  service: ServiceFacts
  /** Opens a sealed answer; undefined when it is gone. */
  answer(id: Id): string | undefined
}

export interface Composed {
  paragraphs: readonly string[]
  choices: readonly { data: string; label: string }[]
}

/** A message as words and choices; `data` names the question and the choice. */
export function compose(message: Message, context: ComposeContext): Composed {
  return {
    paragraphs: message.blocks.flatMap((block) => composeBlock(block, context)),
    choices: (message.options ?? []).map((option) => ({
      data: `${message.question ?? 0}.${option.id}`,
      label: fillText(labelText(option.label, context.book, context.directory), {}, context),
    })),
  }
}

function composeBlock(block: Block, context: ComposeContext): readonly string[] {
  const words = wordsOf(context.book, block.key, 'vi')
  return words.map((paragraph) => fillText(paragraph, block.fills ?? {}, context)).filter((p) => p.trim() !== '')
}

function fillText(text: string, fills: Fills, context: ComposeContext): string {
  const filled = text.replace(PLACEHOLDER, (_, name: string) => {
    if (name === 'bạn') return context.pronoun ?? 'bạn'
    if (name === 'Bạn') return capitalise(context.pronoun ?? 'bạn')
    const value = fills[name]
    if (value) return show(value, context)
    const service: Readonly<Record<string, string>> = { ...context.service }
    return unmarked(service[name] ?? '')
  })
  // What was to be bold and is missing leaves no stars behind.
  return filled.replaceAll('****', '')
}

/** Of a person's own words so much is said back: a name of a page would make a channel refuse the whole message. */
export const ANSWER_SHOWN = 200

function shorten(text: string): string {
  return text.length > ANSWER_SHOWN
    ? `${text
        .slice(0, ANSWER_SHOWN - 1)
        .toWellFormed()
        .trimEnd()}…`
    : text
}

function capitalise(word: string): string {
  return word.charAt(0).toLocaleUpperCase('vi') + word.slice(1)
}

function show(value: FillValue, context: ComposeContext): string {
  switch (value.type) {
    case 'text':
      return unmarked(value.text)
    case 'answer':
      return unmarked(shorten(showPhone(context.answer(value.id) ?? '')))
    case 'instant':
      if (value.as === 'date') return formatDate(value.at)
      return value.as === 'time' ? formatClock(localTime(value.at).minutes) : formatDateTime(value.at)
    case 'clock':
      return formatClock(value.minutes)
    case 'point': {
      const point = context.directory.points.find((p) => p.id === value.id)
      return point ? describePoint(point, context.directory.calendar, context.now) : ''
    }
    case 'point_line': {
      const point = context.directory.points.find((p) => p.id === value.id)
      return point ? unmarked(`${point.name}, ${point.address}`) : ''
    }
    case 'points':
      return value.ids
        .map((id) => context.directory.points.find((p) => p.id === id))
        .filter((p) => p !== undefined)
        .map((p) => describePoint(p, context.directory.calendar, context.now))
        .join('\n\n')
    case 'quiz':
    case 'contest':
      return unmarked(labelText(value, context.book, context.directory))
    case 'commune':
    case 'topic':
      return unmarked(labelText(value, context.book, context.directory))
    case 'open_now':
      return openNow(context)
    case 'lines_now':
      return linesNow(value.for, context)
    case 'night_line':
      return nightLine(value.points, context)
    case 'own_help': {
      const own = unmarked(shorten(context.answer(value.id) ?? ''))
      return own === '' ? '' : `Điều ${context.pronoun ?? 'bạn'} tự ghi là giúp mình: “${own}”`
    }
    case 'words':
      return wordsOf(context.book, value.key, 'vi').join('\n')
    case 'words_list':
      return value.keys.map((key) => wordsOf(context.book, key, 'vi').join(' ')).join(', ')
    case 'services':
      return value.ids
        .flatMap((id) => (context.directory.services ?? []).filter((place) => place.id === id))
        .map((place) => describeService(place, context.directory.calendar, context.now))
        .join('\n\n')
    case 'service': {
      const { services = [], calendar } = context.directory
      const place = services.find(({ id }) => id === value.id)
      return place ? describeService(place, calendar, context.now) : ''
    }
    default:
      return value satisfies never
  }
}

/** The numbers that answer at this minute, one a line; 113, 114, 115 and 111 are always among them. */
function openNow(context: ComposeContext): string {
  return answering(context)
    .map(({ number, name }) => `**${showPhone(number)}** – ${name}`)
    .join('\n')
}

function answering({ book, directory, now }: ComposeContext): readonly Contact[] {
  return book.contacts
    .filter(({ until }) => until === null || dayOf(now) <= until)
    .filter(({ hours }) => hours === 'always' || openAt({ shifts: hours }, { ...directory.calendar, swaps: [] }, now))
}

/** Lines that listen at this minute to somebody in this trouble; a line that is closed now is not shown. */
function linesNow(trouble: string, context: ComposeContext): string {
  const lines = answering(context).filter((one) => one.for.includes(trouble))
  return lines.length === 0
    ? ''
    : `Lúc này cũng có người nghe: ${lines.map(({ number, name }) => `**${showPhone(number)}** (${name})`).join(', ')}.`
}

/** Whom to call where 115 is far away, as the directory of this service knows it. */
function nightLine(points: readonly Id[], { directory }: ComposeContext): string {
  const lines = directory.points
    .filter(({ id, nightPhone }) => points.includes(id) && nightPhone)
    .map(({ name, nightPhone }) => `**${unmarked(showPhone(nightPhone!))}** (${unmarked(name)})`)
  return lines.length === 0 ? '' : `Xe 115 ở xa: gọi số trực tại chỗ ${lines.join(', ')}, cả ban đêm.`
}

/** A point's name, address and hours, and whether it is open at this minute. */
export function describePoint(point: Point, calendar: Calendar, now: Instant): string {
  const next = nextOpen(point, calendar, now)
  const holiday = holidayOn(calendar, dayOf(now))
  const state = openAt(point, calendar, now)
    ? 'Bây giờ: đang mở'
    : next === null
      ? 'Giờ làm việc: chưa có thông tin xác nhận'
      : `Bây giờ: đã đóng${holiday === null ? '' : ` (nghỉ ${holiday})`}. Mở lại: ${formatDateTime(next)}`
  return [
    `**${unmarked(point.name)}**`,
    `Địa chỉ: ${unmarked(point.address)}`,
    ...(point.phone ? [`Điện thoại: ${unmarked(point.phone)}`] : []),
    formatShifts(point.shifts),
    state,
  ]
    .filter((line) => line !== '')
    .join('\n')
}
