import { Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { PRIORITIES } from '../../app/figures.ts'
import { may } from '../../app/permissions.ts'
import type { Priority } from '../../engine/conversation.ts'
import { type ClosedRow, type LookingBack, readClosed } from '../../store/closed.ts'
import { readDialogue } from '../../store/dialogue.ts'
import { type ClosedView, closedPage, closedTicketPage } from '../pages/desk/closed.ts'
import type { Markup } from '../pages/layout.ts'
import { OUTCOMES, REASONS } from './labels.ts'
import { toDeskLine } from './show-ticket.ts'
import { type DeskEnv, readerOf, staffName, viewerOf, type Who } from './who.ts'

const DAY_MS = 86_400_000
/** The permissions say the same of each: 7 days for what one held, 30 for a lead. */
const OWN_DAYS = 7
const LEAD_DAYS = 30
const PAGE = 50

/** Tickets that are over, for whoever held them and for leads. */
export function closedRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk/closed', async (c) => {
    const who = c.get('who')
    const [, before, beforeId = ''] = /^(\d{1,15})\.([\w.:-]{1,100})$/.exec(c.req.query('truoc') ?? '') ?? []
    const priority: Priority | '' = PRIORITIES.find((one) => one === c.req.query('muc')) ?? ''
    const asked = c.req.query('ket-qua') ?? ''
    const outcome = Object.hasOwn(RESULTS, asked) ? asked : ''
    const page = { before: before ? Number(before) : app.now() + 1, beforeId, priority, outcome }
    const rows = await readClosed(app.store, lookingBack(app, who), page, PAGE)
    const last = rows.at(-1)
    const query = new URLSearchParams({ muc: priority, 'ket-qua': outcome })
    const older =
      rows.length === PAGE && last
        ? `/desk/closed?${query}&truoc=${last.closedAt}.${encodeURIComponent(last.id)}`
        : null
    const tickets = rows.map((row) => viewOf(app, who, row))
    const filter = { priority, outcome, outcomes: RESULTS }
    return c.html(closedPage({ reader: readerOf(who), tickets, filter, older, now: app.now() }))
  })
  return routes
}

/** How far this member may look back. */
export function lookingBack(app: App, who: Who, ownDays = OWN_DAYS): LookingBack {
  const now = app.now()
  return {
    ...viewerOf(app, who),
    lead: who.member.roles.includes('lead'),
    ownSince: now - ownDays * DAY_MS,
    since: now - LEAD_DAYS * DAY_MS,
  }
}

export function viewOf(app: App, who: Who, row: ClosedRow): ClosedView {
  const { id, priority, openedAt, answeredAt, closedAt } = row
  const point = app.directory().points.find((one) => one.id === row.point)
  const about = { heldBy: row.lastHeldBy, point: row.point, above: point?.above, chosen: true, days: 0 }
  return {
    id,
    priority,
    openedAt,
    answeredAt,
    closedAt,
    reason: REASONS[row.reason] ?? row.reason,
    point: point?.name ?? null,
    outcome: row.outcome === null ? null : (OUTCOMES[row.outcome] ?? ENDS[row.outcome] ?? row.outcome),
    holder: row.lastHeldBy === null ? null : staffName(app, row.lastHeldBy),
    kept: row.contact !== null,
    mayReview: row.contact !== null && may('review.write', who.member, about),
  }
}

/** Ends that no counsellor chose from a list. */
const ENDS: Readonly<Record<string, string>> = {
  handed_back: 'Trả lại cho máy',
  withdrawn: 'Người nhắn rút lại',
}

/** Every way a ticket may have ended, for the filter. */
const RESULTS: Readonly<Record<string, string>> = { ...OUTCOMES, ...ENDS, none: 'Không ghi kết quả' }

/** The talk of a ticket that is over, as far as it went while it was open; what came later belongs to later. */
export async function showClosed(
  app: App,
  who: Who,
  row: ClosedRow,
  { numbers = false, before }: { numbers?: boolean; before?: number | undefined },
): Promise<Markup> {
  const { lines, older } = await readDialogue(app.store, app.vault, row.contact!, {
    until: row.closedAt,
    ...(before === undefined ? {} : { before }),
  })
  return closedTicketPage({
    reader: readerOf(who),
    ticket: viewOf(app, who, row),
    lines: lines.map((line) =>
      toDeskLine(app, who, { ...line, delivery: settled(line.delivery) }, numbers, `/desk/tickets/${row.id}`),
    ),
    older,
    covered:
      !numbers && may('answer.reveal', who.member, { heldBy: row.lastHeldBy, point: row.point, chosen: true, days: 1 }),
    now: app.now(),
  })
}

/** Nothing is sent again from a ticket that is over. */
function settled<T extends { open: boolean } | null>(delivery: T): T {
  return delivery && { ...delivery, open: false }
}
