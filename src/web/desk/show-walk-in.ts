import { randomUUID } from 'node:crypto'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { dayOf } from '../../engine/hours.ts'
import { shortCode } from '../../engine/short-code.ts'
import { readDialogue } from '../../store/dialogue.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import { chatsOf, slipOf } from '../../store/slips.ts'
import type { WalkInRow } from '../../store/walk-ins.ts'
import { type ContactDraft, EMPTY_CONTACT } from '../pages/desk/contact-form.ts'
import type { CallbackView } from '../pages/desk/ticket-row.ts'
import { type WalkInItem, walkInPage } from '../pages/desk/walk-in.ts'
import type { Markup } from '../pages/layout.ts'
import { nextCallDay, writtenDay } from './call-day.ts'
import { describeCall } from './describe.ts'
import { CHANNELS } from './labels.ts'
import { toDeskLine } from './show-ticket.ts'
import { showVisitLinks } from './show-visits.ts'
import { readerOf, staffName, type Who } from './who.ts'

/** What a form that was not carried out gives back to the page. */
export interface KeptRecord {
  message?: string
  done?: string | null
  draft?: ContactDraft
  recording?: boolean
  showNumber?: boolean
}

/** The page of one record for this member of staff. */
export async function showWalkIn(app: App, who: Who, row: WalkInRow, kept: KeptRecord): Promise<Markup> {
  const { answers, pronoun } = (await load(app.store, row.contact)).conversation
  const said = async (name: string) => {
    const answer = answers[name]
    return answer?.type === 'words' ? openWords(app.store, app.vault, answer.id) : null
  }
  const { lines } = await readDialogue(app.store, app.vault, row.contact)
  const slip = await slipOf(app.store, row.contact)
  const above = app.directory().points.find(({ id }) => id === row.point)?.above
  const now = app.now()
  return walkInPage({
    reader: readerOf(who),
    item: walkInItem(app, row),
    path: `/desk/people/${row.contact}`,
    formId: randomUUID(),
    called: await said('called'),
    pronoun,
    language: await said('language'),
    by: staffName(app, row.by),
    callback: row.never ? null : await describeCall(app, answers, kept.showNumber ?? false),
    never: row.never,
    lines: lines.map((line) => toDeskLine(app, who, line, true)),
    slip: slip && slip.expiresAt > now ? { at: slip.at, until: writtenDay(dayOf(slip.expiresAt)) } : null,
    chats: (await chatsOf(app.store, row.contact)).map((one) => ({
      ...one,
      channel: CHANNELS[one.channel] ?? one.channel,
    })),
    draft: kept.draft ?? EMPTY_CONTACT,
    recording: kept.recording ?? row.callOn !== null,
    today: dayOf(now),
    nextWords: writtenDay(nextCallDay(app, row.point)),
    visits: await showVisitLinks(app, who, row.contact, `khach=${encodeURIComponent(row.contact)}`),
    mayErase: may('walk_in.erase', who.member, { point: row.point, above }),
    now,
    message: kept.message ?? null,
    done: kept.done ?? null,
  })
}

/** A record as lists show it: a code instead of a name. */
export function walkInItem(app: App, row: WalkInRow): WalkInItem {
  const { contact: id, point, at, linked } = row
  return {
    id,
    code: shortCode(id),
    point: app.directory().points.find((one) => one.id === point)?.name ?? point,
    at,
    call: callWords(row, dayOf(app.now())),
    linked: linked === 1,
  }
}

function callWords({ never, callOn }: WalkInRow, today: string): string {
  if (never) return 'đã xin đừng gọi'
  if (callOn === null) return 'không hẹn gọi'
  if (callOn < today) return `cần gọi, hẹn từ ${writtenDay(callOn)}`
  return callOn === today ? 'cần gọi hôm nay' : `hẹn gọi ${writtenDay(callOn)}`
}

/** Whom to call, as the daily list shows it: the number stays covered. */
export async function walkInCallView(app: App, row: WalkInRow): Promise<CallbackView | null> {
  return describeCall(app, (await load(app.store, row.contact)).conversation.answers, false)
}
