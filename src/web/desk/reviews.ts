import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { deidentify, isTelling } from '../../app/deidentify.ts'
import { may } from '../../app/permissions.ts'
import { type ClosedRow, closedTicket, dueReviews } from '../../store/closed.ts'
import { readDialogue } from '../../store/dialogue.ts'
import { openWords } from '../../store/lines.ts'
import {
  type Level,
  type MissedLine,
  markExported,
  markedLines,
  missedLines,
  momentsOf,
  readReview,
  reviewing,
} from '../../store/reviews.ts'
import { ticketSubject } from '../../store/ticket-subject.ts'
import { readForm } from '../form-fields.ts'
import { gonePage } from '../pages/desk/gone.ts'
import { type MissForm, missesPage } from '../pages/desk/misses.ts'
import { HELPED, MISSED, reviewPage, reviewsPage, WAS } from '../pages/desk/review.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited, memberOf, requireMay, requireProof } from '../signed-in.ts'
import { daysSince } from '../ticket-door.ts'
import { lookingBack, viewOf } from './closed.ts'
import { coverNumbers } from './cover.ts'
import { REASONS } from './labels.ts'
import { type DeskEnv, readerOf, viewerOf } from './who.ts'

/** What was said shortly before an emergency belongs to it. */
const BEFORE_MS = 60 * 60_000
const SHOWN = 40
const NOTE_LIMIT = 2_000
const LEVELS: readonly Level[] = ['none', 'urgent', 'emergency']

type C = Context<DeskEnv>

/** Looking back: every emergency on a short form, and the lines the detector misjudged on their way to its test file. */
export function reviewRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/reviews', async (c) => {
    const who = c.get('who')
    const due = await dueReviews(app.store, lookingBack(app, who, 30))
    const list = due.map(({ ticket, dueAt, reason }) => ({ ticket, dueAt, reason: REASONS[reason] ?? reason }))
    const exports = may('export', who.member, { point: who.member.point, chosen: true })
    return c.html(reviewsPage({ reader: readerOf(who), due: list, exports, now: app.now() }))
  })
  routes.get('/desk/reviews/:id', async (c) => {
    const ticket = await reviewable(c)
    return ticket instanceof Response ? ticket : show(c, ticket)
  })
  routes.post('/desk/reviews/:id', async (c) => {
    const ticket = await reviewable(c)
    if (ticket instanceof Response) return ticket
    const form = await readForm(c)
    const [was, helped] = [form.one('was'), form.one('helped')]
    const missed = form.all('missed').filter((one) => one in MISSED)
    const note = form.one('note').trim()
    if (!isKeyOf(WAS, was) || !isKeyOf(HELPED, helped))
      return show(c, ticket, { problem: 'Chưa lưu: bạn chọn câu trả lời cho cả hai câu hỏi đầu.', note }, 400)
    if (note.length > NOTE_LIMIT)
      return show(
        c,
        ticket,
        { problem: `Chưa lưu: ghi chú dài ${note.length} ký tự, giới hạn là ${NOTE_LIMIT}.`, note },
        400,
      )
    const lines = (await linesOf(ticket)).flatMap(({ id }) => {
      const level = LEVELS.find((one) => one === form.one(`level-${id}`))
      return level ? [{ line: id, level }] : []
    })
    const about = { ticket: ticket.id, contact: ticket.contact!, by: c.get('who').id, at: app.now() }
    const writes = await reviewing(app.vault, about, { wasEmergency: was, helped, missed }, note, lines)
    await audited(c, 'review.write', ticket.contact, { about: ticket.id, point: ticket.point }, writes)
    return c.redirect('/desk?xong=xem-lai', 303)
  })

  routes.use('/desk/misses', requireMay('export'))
  routes.use('/desk/misses', requireProof(app))
  routes.get('/desk/misses', async (c) => {
    return misses(c, (await proposals(c)).map(toForm))
  })
  routes.post('/desk/misses', async (c) => {
    const form = await readForm(c)
    const known = await proposals(c)
    const typed = known.map((one) => ({
      ...toForm(one),
      take: form.one(`take-${one.id}`) === 'co',
      text: form.one(`text-${one.id}`).replace(/\s+/g, ' ').trim(),
      intent: form.one(`intent-${one.id}`).trim(),
    }))
    const taken = typed.filter(({ take }) => take)
    if (taken.length === 0) return misses(c, typed, 'Chưa xuất: bạn chưa chọn dòng nào.', 400)
    const telling = taken.find(({ text }) => isTelling(text))
    if (telling)
      return misses(
        c,
        typed,
        `Chưa xuất: dòng “${coverNumbers(telling.text).slice(0, 60)}” còn một con số hoặc liên kết.`,
        400,
      )
    const wrong = taken.find(({ text, intent }) => text === '' || !/^[a-z_]{2,30}$/.test(intent))
    if (wrong)
      return misses(c, typed, 'Chưa xuất: mỗi dòng đã chọn cần có lời, và ý định viết bằng chữ không dấu.', 400)
    const write = markExported(
      taken.map(({ id }) => id),
      app.now(),
    )
    const leaving = tickets(known.filter(({ id }) => taken.some((one) => one.id === id)))
    // The lines count as gone with the last row: what cannot be noted of everybody does not leave.
    for (const [i, { contact, ticket, point, lines }] of leaving.entries()) {
      const last = i === leaving.length - 1
      await audited(c, 'export', contact, { about: `${ticket}:${lines}`, point }, last ? [write] : [])
    }
    const rows = taken.map(({ text, intent, level }) => [text, intent, level, 'từ ca thật, đã bỏ danh tính'].join('\t'))
    return c.text(`${['text\tintent\tlevel\tnote', ...rows].join('\n')}\n`, 200, {
      'Content-Type': 'text/tab-separated-values; charset=utf-8',
      'Content-Disposition': 'attachment; filename="bo-sot.tsv"',
    })
  })
  return routes

  /** A ticket that is over and whose person is still there, for whoever may look back at it. */
  async function reviewable(c: C): Promise<ClosedRow | Response> {
    const id = c.req.param('id')!
    const [subject, row] = [await ticketSubject(app.store, id), await closedTicket(app.store, id)]
    if (!subject || !row || row.contact === null)
      return c.html(gonePage({ reader: readerOf(c.get('who')), draft: '' }), 404)
    const about = {
      heldBy: row.lastHeldBy,
      point: row.point,
      above: app.directory().points.find((one) => one.id === row.point)?.above,
      chosen: subject.chosePolice,
      days: daysSince(row.closedAt, app.now()),
    }
    const allowed = may('review.write', memberOf(c), about)
    await audited(c, allowed ? 'ticket.read' : 'refused', row.contact, { about: row.id, point: row.point })
    return allowed ? row : c.html(refusedPage(memberOf(c)), 403)
  }

  async function linesOf({ contact, openedAt, closedAt }: ClosedRow) {
    const { lines } = await readDialogue(app.store, app.vault, contact!, { until: closedAt })
    return lines.filter(({ from, at }) => from === 'you' && at >= openedAt - BEFORE_MS).slice(-SHOWN)
  }

  async function show(
    c: C,
    row: ClosedRow,
    kept: { problem?: string; note?: string } = {},
    status: 200 | 400 = 200,
  ): Promise<Response> {
    const who = c.get('who')
    const review = await readReview(app.store, row.id)
    const marks = new Map((await markedLines(app.store, row.id)).map(({ id, level }) => [id, level]))
    const note = kept.note ?? (review?.note ? await openWords(app.store, app.vault, review.note) : null) ?? ''
    const page = reviewPage({
      reader: readerOf(who),
      ticket: viewOf(app, who, row),
      moments: { ...(await momentsOf(app.store, { ...row, contact: row.contact! })), takenAt: row.takenAt },
      lines: (await linesOf(row)).map(({ id, text, at }) => ({
        id,
        text: coverNumbers(text),
        at,
        level: marks.get(id) ?? null,
      })),
      finding: review,
      note,
      problem: kept.problem ?? null,
      now: app.now(),
    })
    return c.html(page, status)
  }

  /** The lines that wait to leave, as far as this reader may see them; noted for each person whose words they are. */
  async function proposals(c: C): Promise<readonly MissedLine[]> {
    const { everywhere, points, police } = viewerOf(app, c.get('who'))
    const lines = await missedLines(app.store, app.vault, { everywhere, points, police })
    for (const { contact, ticket, point } of tickets(lines))
      await audited(c, 'ticket.read', contact, { about: ticket, point })
    return lines
  }

  function toForm({ id, level, reason, text }: MissedLine): MissForm {
    return { id, level, intent: INTENTS[reason] ?? 'other', text: deidentify(text), take: false }
  }

  function misses(c: C, lines: readonly MissForm[], problem: string | null = null, status: 200 | 400 = 200) {
    return c.html(missesPage({ reader: readerOf(c.get('who')), lines, problem }), status)
  }
}

/** Whose words these are, ticket by ticket. */
function tickets(lines: readonly MissedLine[]) {
  return [...Map.groupBy(lines, ({ ticket }) => ticket).values()].map((some) => ({ ...some[0]!, lines: some.length }))
}

/** What the test file of the detector calls the reasons of tickets. */
const INTENTS: Readonly<Record<string, string>> = {
  suicide: 'suicide',
  overdose: 'overdose',
  self_harm: 'self_harm',
  withdrawal: 'withdrawal',
  poisoning: 'suicide',
  violence: 'violence',
  child: 'child_safety',
  medical: 'medical',
  psychosis: 'psychosis',
  person: 'human',
}

function isKeyOf<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key)
}
