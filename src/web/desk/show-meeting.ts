import { randomUUID } from 'node:crypto'
import type { App } from '../../app/app.ts'
import { tellingWords } from '../../engine/discreet.ts'
import type { Club } from '../../engine/facts.ts'
import { formatDateTime } from '../../engine/hours.ts'
import { type PlaceRow, placesIn } from '../../store/clubs.ts'
import type { MeetingRow } from '../../store/meetings.ts'
import { meetingPage } from '../pages/desk/meeting.ts'
import type { Markup } from '../pages/layout.ts'
import { clubNames } from './club-names.ts'
import { readerOf, type Who } from './who.ts'

const DOORS_MS = 30 * 60_000
/** The board has a week to write down who came. */
const LATE_MS = 7 * 86_400_000
export const LENGTH_WORDS: Readonly<Record<number, string>> = {
  60: '1 giờ',
  90: '1 giờ rưỡi',
  120: '2 giờ',
  180: '3 giờ',
}

const DONE: Readonly<Record<string, string>> = {
  bao: 'Sẽ báo cho hội viên trong ít phút, trong giờ mỗi người chọn.',
  doi: 'Đã đổi. Ai đã được mời được báo và hỏi lại.',
  huy: 'Đã huỷ buổi. Ai đã được mời được báo.',
  ghi: 'Đã ghi.',
}

export const ANSWERS: Readonly<Record<string, string>> = {
  confirmed: 'Sẽ đến',
  booked: 'Có chỗ, chưa trả lời giờ mới',
  waiting: 'Chờ chỗ',
  invited: 'Chưa trả lời',
  declined: 'Không đến được',
}
export const CAME = 'attended'
export const AWAY = 'missed'

export function isAhead({ state, startsAt }: MeetingRow, now: number): boolean {
  return state === 'planned' && startsAt > now
}

export function isOpenForMarks({ state, startsAt }: MeetingRow, now: number): boolean {
  return state === 'planned' && now >= startsAt - DOORS_MS && now < startsAt + LATE_MS
}

/** One meeting: who said what, who came, and what may still be done with it. */
export async function showMeeting(
  app: App,
  who: Who,
  club: Club,
  row: MeetingRow,
  { message, done }: { message: string | null; done: string },
): Promise<Markup> {
  const now = app.now()
  const places = await placesIn(app.store, row.id)
  const name = await clubNames(app, places)
  const of = (state: string): readonly PlaceRow[] => places.filter((one) => one.state === state)
  const open = places.filter(({ state }) => state in ANSWERS)
  const marking = isOpenForMarks(row, now)
  const ahead = isAhead(row, now)
  const copy = ahead ? groupWords(row) : null
  const note = row.note === null ? '' : app.vault.openOwn(`meeting:${row.id}:note`, row.note)
  return meetingPage({
    reader: readerOf(who),
    path: `/desk/clb/${club.id}/buoi/${row.id}`,
    club: { href: `/desk/clb/${club.id}`, name: club.name },
    formId: randomUUID(),
    when: formatDateTime(row.startsAt),
    state: stateOf(row, now),
    facts: [
      ['Nơi gặp', row.place] as const,
      ['Trong', LENGTH_WORDS[row.minutes] ?? `${row.minutes} phút`] as const,
      ['Số chỗ', row.capacity === null ? 'không giới hạn' : String(row.capacity)] as const,
      ...(row.family ? [['Gia đình', 'đi cùng được một người nhà'] as const] : []),
      ...(row.agenda === '' ? [] : [['Nội dung', row.agenda] as const]),
      ...(row.note !== null && !marking ? [['Ghi chép', note] as const] : []),
    ],
    answers: marking
      ? []
      : Object.entries(ANSWERS)
          .map(([state, words]) => [words, of(state).map(name)] as const)
          .filter(([, names]) => names.length > 0),
    attendance: marking
      ? {
          places: [...open, ...of(CAME), ...of(AWAY)].map((one) => ({
            id: one.id,
            name: name(one),
            answer: ANSWERS[one.state] ?? 'đã ghi',
            as: one.state,
          })),
        }
      : null,
    came: of(CAME).map(name),
    away: of(AWAY).map(name),
    others: row.others,
    note,
    copy,
    telling: copy === null ? [] : tellingWords(copy, app.book().discreet ?? []),
    mayAnnounce: ahead && row.announcedAt === null,
    mayChange: ahead,
    message,
    done: message === null ? (DONE[done] ?? null) : null,
  })
}

function stateOf({ state, announcedAt, noticeAt, startsAt }: MeetingRow, now: number): string {
  if (state === 'cancelled') return 'Đã huỷ.'
  if (startsAt <= now) return 'Đã diễn ra.'
  return announcedAt === null ? `Chưa báo cho hội viên; sẽ báo ${formatDateTime(noticeAt)}.` : 'Đã báo cho hội viên.'
}

/** An invitation for a group chat, where most clubs live: it names nobody, and nothing of why they meet. */
function groupWords({ startsAt, place, agenda, family }: MeetingRow): string {
  return [
    'Mời cả nhóm gặp nhau:',
    `Lúc: ${formatDateTime(startsAt)}`,
    `Ở: ${place}`,
    ...(agenda === '' ? [] : [`Nội dung: ${agenda}`]),
    ...(family ? ['Buổi này đi cùng người nhà được.'] : []),
    'Ai đến được hay bận thì nhắn riêng cho mình nhé.',
  ].join('\n')
}
