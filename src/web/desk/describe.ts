import type { App } from '../../app/app.ts'
import type { AnswerRef } from '../../engine/conversation.ts'
import { formatClock, localTime } from '../../engine/hours.ts'
import { languageOf } from '../../engine/language.ts'
import { showPhone } from '../../engine/phone.ts'
import { openWords } from '../../store/lines.ts'
import type { QueueRow } from '../../store/queue.ts'
import type { CallbackView, TicketView } from '../pages/desk/ticket-row.ts'
import { coverNumbers } from './cover.ts'
import { CHANNELS, COVER, HOURS, REASONS } from './labels.ts'
import { staffName, type Who } from './who.ts'

/** A ticket as this member of staff reads it; the number to call is covered until they ask for it. */
export async function describe(app: App, who: Who, row: QueueRow, showNumber = false): Promise<TicketView> {
  const now = app.now()
  const callback =
    row.callback === null ? null : await describeCall(app, JSON.parse(row.callback) as Answers, showNumber)
  return {
    id: row.id,
    reason: REASONS[row.reason] ?? row.reason,
    priority: row.priority,
    kind: callback ? 'callback' : 'talk',
    channel: CHANNELS[row.channel] ?? row.channel,
    language: languageOf(row.language)?.name ?? null,
    point: app.directory().points.find(({ id }) => id === row.point)?.name ?? null,
    waitingMinutes: Math.floor((now - row.openedAt) / 60_000),
    rungMinutes: row.rungDueAt === null ? null : Math.ceil((row.rungDueAt - now) / 60_000),
    answerMinutes:
      row.heldBy === null || row.answerBy === null ? null : Math.max(0, Math.ceil((row.answerBy - now) / 60_000)),
    holder: row.heldBy === null ? null : { name: staffName(app, row.heldBy), mine: row.heldBy === who.id },
    callsMe: row.callsMe === 1,
    takenAt: row.takenAt,
    reachable: row.reachable,
    callback,
  }
}

type Answers = Readonly<Record<string, AnswerRef>>

/** The number to call, when it is safe, and what to say if somebody else answers; null once the words are gone. */
export async function describeCall(app: App, values: Answers, showNumber: boolean): Promise<CallbackView | null> {
  const read = async (name: string) => {
    const value = values[name]
    if (!value) return null
    return value.type === 'code' ? value.value : openWords(app.store, app.vault, value.id)
  }
  const [phone, hours, time, cover, own] = await Promise.all(
    ['phone', 'hours', 'call_time', 'cover', 'cover_words'].map(read),
  )
  if (!phone) return null
  const exact = hours === 'gio-khac' && time ? Number(time) : null
  return {
    phone: showNumber ? showPhone(phone) : coverNumbers(phone),
    covered: !showNumber,
    hours: exact !== null ? `khoảng ${formatClock(exact)}` : (HOURS[hours ?? ''] ?? 'chưa rõ'),
    safeNow: isSafe(hours ?? null, exact, localTime(app.now()).minutes),
    cover: cover === 'cau-khac' && own ? own : (COVER[cover ?? ''] ?? 'chưa dặn'),
  }
}

/** Minutes after midnight in which each answer allows a call. */
const SAFE: Readonly<Record<string, readonly [number, number]>> = {
  sang: [7 * 60, 11 * 60 + 30],
  chieu: [13 * 60, 17 * 60 + 30],
  toi: [18 * 60, 21 * 60],
  'luc-nao-cung-duoc': [7 * 60, 21 * 60],
}

/** Is this minute inside what the person called safe; null when they did not say. */
function isSafe(hours: string | null, exact: number | null, minutes: number): boolean | null {
  const [from, to] = exact !== null ? [exact - 15, exact + 30] : (SAFE[hours ?? ''] ?? [])
  return from === undefined || to === undefined ? null : from <= minutes && minutes < to
}
