import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { internal } from '../../app/handle.ts'
import { may } from '../../app/permissions.ts'
import type { Id } from '../../engine/content.ts'
import { dayOf } from '../../engine/hours.ts'
import { shortCode } from '../../engine/short-code.ts'
import { TRACE_ENDS, TRACE_STEPS } from '../../engine/visits/trace.ts'
import { isKnown } from '../../store/load.ts'
import { readTrace, readVisit, type TraceRow, tracesAt, visitsBetween } from '../../store/visits.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import type { TaskView } from '../pages/desk/today.ts'
import { tracePage } from '../pages/desk/trace.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited, entryFor } from '../signed-in.ts'
import { midnightOf, nextCallDay, readCallDay, writtenDay } from './call-day.ts'
import { NOTE_LIMIT } from './contact-form.ts'
import { fieldsOf } from './field.ts'
import { TRACE_WORDS, VISIT_KIND_WORDS } from './labels.ts'
import { isOpenVisit, personOf, writtenDate } from './show-visits.ts'
import { type DeskEnv, readerOf, type Who } from './who.ts'

type C = Context<DeskEnv>

const DAY_MS = 86_400_000

/** Somebody did not come: what a human tried to find out how they are. */
export function traceRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/tim/:id', async (c) => {
    const row = await find(c, true)
    return row instanceof Response ? row : show(c, row, { step: '', note: '', due: '' }, null)
  })
  routes.post('/desk/tim/:id', async (c) => {
    const who = c.get('who')
    const fields = await fieldsOf(c)
    const row = await find(c, false, fields('note'))
    if (row instanceof Response) return row
    const draft = { step: fields('step'), note: fields('note').normalize('NFC').trim(), due: fields('due') }
    const step = TRACE_STEPS.find((one) => one === draft.step)
    if (!step) return show(c, row, draft, 'Chưa ghi: bạn chọn vừa làm gì.')
    if (step === 'visited' && !row.mayVisit)
      return show(c, row, draft, 'Chưa ghi: người này chưa đồng ý cho đến nhà, nên không đến.')
    if (draft.note.length > NOTE_LIMIT)
      return show(c, row, draft, `Chưa ghi: ghi chú dài ${draft.note.length} ký tự, giới hạn là ${NOTE_LIMIT}.`)
    const ends = TRACE_ENDS.includes(step)
    const due = ends || draft.due === '' ? { day: nextCallDay(app, row.point) } : readCallDay(app, row.point, draft.due)
    if ('problem' in due) return show(c, row, draft, `Chưa ghi: ${due.problem}`)
    const dueAt = ends ? null : midnightOf(due.day) + DAY_MS
    const key = `trace:${row.id}:${fields('id').slice(0, 100) || randomUUID()}`
    const action = { type: 'trace', trace: row.id, step, note: draft.note, dueAt } as const
    const note = entryFor(c, 'visit.trace', row.contact, { about: step, point: row.point })
    const result = await internal(app, row.contact, key, { type: 'staff', by: who.id, action }, { note })
    if (result === 'duplicate' && !(await isKnown(app.store, app.vault.hashKey(`internal:${key}`))))
      return gone(c, draft.note)
    return c.redirect('/desk?xong=viec', 303)
  })
  return routes

  async function find(c: C, reads: boolean, note = ''): Promise<TraceRow | Response> {
    const row = await readTrace(app.store, c.req.param('id')!)
    if (!row) return gone(c, note)
    const above = app.directory().points.find(({ id }) => id === row.point)?.above
    const allowed = may('visit.trace', c.get('who').member, { point: row.point, above })
    if (!allowed) await audited(c, 'refused', row.contact, { point: row.point })
    else if (reads) await audited(c, 'visit.trace', row.contact, { point: row.point })
    return allowed ? row : c.html(refusedPage(c.get('who').member), 403)
  }

  async function show(
    c: C,
    row: TraceRow,
    draft: { step: string; note: string; due: string },
    message: string | null,
  ): Promise<Response> {
    const visit = await readVisit(app.store, row.appointment)
    const kind = visit ? VISIT_KIND_WORDS[visit.kind as keyof typeof VISIT_KIND_WORDS] : null
    const steps = TRACE_STEPS.filter((one) => one !== 'visited' || row.mayVisit)
    const view = {
      reader: readerOf(c.get('who')),
      path: `/desk/tim/${row.id}`,
      formId: randomUUID(),
      code: shortCode(row.contact),
      facts: [
        ['Lỡ hẹn', visit ? writtenDate(visit.startsAt) : 'chưa rõ'] as const,
        ['Việc hẹn', kind ?? 'chưa rõ'] as const,
        ['Điểm', app.directory().points.find(({ id }) => id === row.point)?.name ?? row.point] as const,
        ['Lần trước', row.step === null ? 'chưa làm gì' : TRACE_WORDS[row.step as keyof typeof TRACE_WORDS]] as const,
        ['Hạn', writtenDate(row.dueAt)] as const,
      ],
      mayVisit: row.mayVisit,
      steps: steps.map((value) => ({ value, label: TRACE_WORDS[value] })),
      person: await personOf(app, c.get('who'), row),
      visit: row.appointment,
      due: writtenDay(nextCallDay(app, row.point)),
      today: dayOf(app.now()),
      draft,
      message,
    }
    return c.html(tracePage(view), message === null ? 200 : 400)
  }

  async function gone(c: C, note: string): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), note), 404)
  }
}

const LOOK_BACK_MS = 3 * DAY_MS

/** What appointments leave to do: people to look for, and those of whom nobody wrote down whether they came. */
export async function visitTasks(app: App, { member }: Who): Promise<readonly TaskView[]> {
  const now = app.now()
  const points = (action: 'visit.trace' | 'visit.mark'): readonly Id[] =>
    app.directory().points.flatMap(({ id, above }) => (may(action, member, { point: id, above }) ? [id] : []))
  const traces = (await tracesAt(app.store, points('visit.trace'), 30)).map((row) => ({
    id: `tim:${row.id}`,
    words: `Tìm hiểu người lỡ hẹn ${shortCode(row.contact)}${row.dueAt < now ? ', đã quá hạn' : ''}`,
    todo: row.step === null ? 'Gọi hoặc nhắn hỏi thăm.' : TRACE_WORDS[row.step as keyof typeof TRACE_WORDS],
    openedAt: row.openedAt,
    ticket: null,
    link: { href: `/desk/tim/${row.id}`, words: 'Mở việc này' },
    closable: false,
  }))
  const past = (await visitsBetween(app.store, points('visit.mark'), now - LOOK_BACK_MS, now)).filter(
    (row) => isOpenVisit(row) && row.startsAt + row.minutes * 60_000 < now,
  )
  const days = new Map<string, typeof past>()
  for (const row of past) {
    const name = `${row.point}|${dayOf(row.startsAt)}`
    days.set(name, [...(days.get(name) ?? []), row])
  }
  const unmarked = [...days].map(([name, rows]) => {
    const [point = '', day = ''] = name.split('|')
    return {
      id: `ghi:${name}`,
      words: `${rows.length} lịch hẹn ngày ${writtenDay(day)} chưa ghi có đến không`,
      todo: null,
      openedAt: rows[0]!.startsAt,
      ticket: null,
      link: { href: `/desk/lich?diem=${encodeURIComponent(point)}&ngay=${day}`, words: 'Ghi' },
      closable: false,
    }
  })
  return [...traces, ...unmarked]
}
