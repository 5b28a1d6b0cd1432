import { randomUUID } from 'node:crypto'
import { type App, channelOf } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { dayOf } from '../../engine/hours.ts'
import { shortCode } from '../../engine/short-code.ts'
import { type DialogueLine, readDialogue } from '../../store/dialogue.ts'
import type { QueueRow } from '../../store/queue.ts'
import { joinedTo } from '../../store/slips.ts'
import { readWalkIn } from '../../store/walk-ins.ts'
import { type ContactDraft, EMPTY_CONTACT, KIND_WORDS, OUTCOME_WORDS } from '../pages/desk/contact-form.ts'
import type { DeskLine } from '../pages/desk/dialogue.ts'
import type { SideView } from '../pages/desk/side.ts'
import { type TicketPageView, ticketPage } from '../pages/desk/ticket.ts'
import type { Markup } from '../pages/layout.ts'
import { describeAnswers } from './answers.ts'
import { nextCallDay, writtenDay } from './call-day.ts'
import { coverNumbers } from './cover.ts'
import { describe } from './describe.ts'
import { failureWords, OUTCOMES } from './labels.ts'
import { REPLY_LIMIT } from './refusals.ts'
import { findReplies } from './replies.ts'
import { showVisitLinks } from './show-visits.ts'
import { readerOf, staffName, type Who } from './who.ts'

/** What a form that was not carried out gives back to the page, so that nothing written is lost. */
export interface Kept {
  message?: string
  draft?: string
  note?: string
  transferNote?: string
  /** The answer that is uncovered on this page. */
  reveal?: string
  search?: string
  /** An older page of the talk, before this line. */
  before?: number | undefined
  /** A call or a visit that was not recorded. */
  contact?: ContactDraft
  /** Only what changes by itself is asked for: on a weak line the replies to insert are not sent again. */
  live?: boolean
}

/** The page of one ticket for this member of staff. */
export async function showTicket(app: App, who: Who, row: QueueRow, kept: Kept = {}): Promise<Markup> {
  const { lines, older } = await readDialogue(
    app.store,
    app.vault,
    row.contact,
    kept.before ? { before: kept.before } : {},
  )
  const view: TicketPageView = {
    reader: readerOf(who),
    ticket: await describe(app, who, row, kept.reveal === 'phone'),
    older,
    past: kept.before !== undefined,
    lines: lines.map((line) => toDeskLine(app, who, line, kept.reveal === 'phone', `/desk/tickets/${row.id}`)),
    side: await describeSide(app, who, row, kept),
    replies: { search: kept.search ?? '', found: kept.live ? [] : findReplies(app, kept.search ?? '') },
    draft: kept.draft ?? '',
    message: kept.message ?? null,
    replyLimit: REPLY_LIMIT,
    voice: channelOf(app, row.channel)?.limits.voice === true,
    now: app.now(),
  }
  return ticketPage(view)
}

async function describeSide(app: App, who: Who, row: QueueRow, kept: Kept): Promise<SideView> {
  const { staff, points } = app.directory()
  const colleagues = staff.filter(
    ({ id, active, roles, affiliation }) =>
      active &&
      id !== who.id &&
      roles.some((role) => role === 'counsellor' || role === 'lead') &&
      (affiliation !== 'cong_an' || row.chosePolice),
  )
  return {
    path: `/desk/tickets/${row.id}`,
    formId: randomUUID(),
    answers: await describeAnswers(app, row.contact, kept.reveal ?? null),
    colleagues: colleagues.map((one) => ({ value: `staff:${one.id}`, label: colleagueName(app, one) })),
    points: points.filter(({ id }) => id !== row.point).map(({ id, name }) => ({ value: `point:${id}`, label: name })),
    outcomes: Object.entries(OUTCOMES).map(([value, label]) => ({ value, label })),
    others: row.heldBy !== null && row.heldBy !== who.id,
    mine: row.heldBy === who.id,
    drafts: { note: kept.note ?? '', transferNote: kept.transferNote ?? '' },
    contact: {
      draft: kept.contact ?? EMPTY_CONTACT,
      open: kept.contact !== undefined || row.callback !== null,
      today: dayOf(app.now()),
      nextWords: writtenDay(nextCallDay(app, row.point)),
    },
    record: await recordOf(app, who, row.contact),
    visits: await showVisitLinks(app, who, row.contact, `cuoc=${encodeURIComponent(row.id)}`),
  }
}

/** The record this chat was joined to, for those who may read it. */
async function recordOf(app: App, who: Who, contact: string): Promise<SideView['record']> {
  const id = await joinedTo(app.store, contact)
  const row = id === null ? null : await readWalkIn(app.store, id)
  if (!row) return null
  const above = app.directory().points.find((one) => one.id === row.point)?.above
  if (!may('walk_in.read', who.member, { point: row.point, above })) return null
  return { href: `/desk/people/${row.contact}`, code: shortCode(row.contact) }
}

/** First names repeat: the place of work tells colleagues apart. */
function colleagueName(app: App, { shownAs, point }: { shownAs: string | null; point: string | null }): string {
  const place = app.directory().points.find(({ id }) => id === point)?.name ?? 'tuyến trên'
  return `${shownAs ?? 'Cán bộ không để tên'} (${place})`
}

const SPEAKER = { you: 'Người nhắn', bot: 'Máy' } as const

/** A line as this member of staff sees it; numbers in the person's lines stay covered until asked for. */
export function toDeskLine(
  app: App,
  who: Who,
  line: DialogueLine,
  showNumbers: boolean,
  /** The ticket where recordings can be listened to. */
  path: string | null = null,
): DeskLine {
  const staff = line.by === null ? 'Tư vấn' : line.by === who.id ? 'Bạn' : staffName(app, line.by)
  // A number given as an answer stands in the talk as well.
  const covered = !showNumbers && (line.from === 'you' || line.from === 'bot')
  const said = covered ? coverNumbers(line.text) : line.text
  const speaker = line.from === 'you' || line.from === 'bot' ? SPEAKER[line.from] : staff
  if (line.contact) {
    const { kind, outcome } = line.contact
    const what = `${KIND_WORDS[kind]}: ${OUTCOME_WORDS[outcome].toLowerCase()}.`
    const text = said === '' ? what : `${what}\n\n${said}`
    return { id: line.id, from: 'note', who: speaker, text, at: line.at, delivery: null }
  }
  return {
    id: line.id,
    from: line.from,
    who: speaker,
    text: said,
    at: line.at,
    media: line.media === null ? null : (MEDIA_WORDS[line.media] ?? MEDIA_WORDS.unsupported!),
    voice: voiceOf(line, path),
    delivery: deliveryOf(line),
  }
}

function voiceOf({ voice }: DialogueLine, path: string | null): DeskLine['voice'] {
  if (voice === null) return null
  const length = voice.seconds === null ? '' : ` (${voice.seconds} giây)`
  switch (voice.state.state) {
    case 'kept':
      return path === null
        ? { href: null, words: `Tin thoại${length}: mở ở cuộc này để nghe.` }
        : { href: `${path}/voice?dong=${encodeURIComponent(voice.id)}`, words: `Nghe tin thoại${length}` }
    case 'wanted':
      return { href: null, words: `Đang tải tin thoại${length}…` }
    case 'lost':
      return {
        href: null,
        words:
          voice.state.reason === 'too_big'
            ? `Tin thoại${length} dài quá nên máy không giữ được. Bạn xin người ấy gửi đoạn ngắn hơn.`
            : `Không lấy được tin thoại${length}. Bạn xin người ấy gửi lại hoặc gõ chữ.`,
      }
    default:
      return voice.state.state satisfies never
  }
}

/** What came instead of words. */
const MEDIA_WORDS: Readonly<Record<string, string>> = {
  photo: 'Đã gửi một ảnh. Máy không giữ ảnh.',
  voice: 'Đã gửi tin thoại.',
  video: 'Đã gửi một đoạn phim. Máy không giữ phim.',
  sticker: 'Đã gửi một nhãn dán.',
  file: 'Đã gửi một tệp. Máy không giữ tệp.',
  location: 'Đã gửi một vị trí. Máy không giữ vị trí.',
  contact: 'Đã gửi một số liên lạc.',
  unsupported: 'Đã gửi một tin máy không đọc được.',
}

function deliveryOf({ delivery }: DialogueLine): DeskLine['delivery'] {
  if (delivery === null) return null
  const { state, reason, open } = delivery
  switch (state) {
    case 'sent':
      return { words: 'đã gửi', trouble: false, again: false }
    case 'queued':
      return {
        words: reason === null ? 'đang chờ gửi' : `đang thử gửi lại (${failureWords(reason)})`,
        trouble: false,
        again: false,
      }
    case 'failed':
      return {
        words: `không gửi được: ${failureWords(reason)}${open ? '' : ' · đã xử lý'}`,
        trouble: true,
        again: open,
      }
    case 'uncertain':
      return {
        words: `chưa chắc đã tới: mất liên lạc giữa lúc gửi${open ? '. Gửi lại thì người nhắn có thể nhận hai lần.' : ' · đã xử lý'}`,
        trouble: true,
        again: open,
      }
    case 'dropped':
      return { words: 'không gửi nữa', trouble: true, again: false }
    default:
      return state satisfies never
  }
}
