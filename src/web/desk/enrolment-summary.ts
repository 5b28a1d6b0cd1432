import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { NO_PLAN } from '../../engine/enrolment/clocks.ts'
import { enrolmentCode } from '../../engine/enrolment/enrolment.ts'
import { dayOf, formatDateTime, formatShifts } from '../../engine/hours.ts'
import { readEnrolment } from '../../store/enrolments.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import { visitsOf } from '../../store/visits.ts'
import { type SummaryView, summaryPage } from '../pages/desk/enrolment-summary.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { audited } from '../signed-in.ts'
import { summaryFile } from '../summary-file.ts'
import { writtenDay } from './call-day.ts'
import { aboutEnrolment, TREATMENT_WORDS } from './enrolment-words.ts'
import { papersFor } from './show-enrolment.ts'
import { isOpenVisit } from './show-visits.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The sheet somebody carries to the place: printed, or as a file. Each time it is made is noted. */
export function enrolmentSummaryRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk/dang-ky/:id/phieu', async (c) => {
    const view = await read(c)
    if (view instanceof Response) return view
    const back = `/desk/dang-ky/${c.req.param('id')}`
    return c.html(summaryPage({ ...view, back, path: `${back}/phieu`, named: c.req.query('ten') === '1' }))
  })
  routes.get('/desk/dang-ky/:id/phieu.docx', async (c) => {
    const view = await read(c)
    if (view instanceof Response) return view
    return c.body(await summaryFile(view), 200, {
      'Content-Type': WORD,
      'Content-Disposition': `attachment; filename="${view.code}.docx"`,
      'Cache-Control': 'no-store',
    })
  })
  return routes

  async function read(c: C): Promise<SummaryView | Response> {
    const row = await readEnrolment(app.store, c.req.param('id') ?? '')
    if (!row || !may('enrolment.read', c.get('who').member, aboutEnrolment(app, row)))
      return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
    await audited(c, 'enrolment.printed', row.contact, { about: row.id, point: row.point })
    const { conversation } = await load(app.store, row.contact)
    const ticked = conversation.enrolment?.id === row.id ? conversation.enrolment.papers : []
    const { points } = app.directory()
    const point = points.find(({ id }) => id === row.point)
    const called = row.answers.call_name
    const wished = c.req.query('ten') === '1' && called?.type === 'words'
    const visits = (await visitsOf(app.store, row.contact)).filter(
      (one) => isOpenVisit(one) && one.startsAt > app.now(),
    )
    const next = visits.toSorted((a, b) => a.startsAt - b.startsAt)[0]
    return {
      code: enrolmentCode(row.id),
      name: wished ? await openWords(app.store, app.vault, called.id) : null,
      form: TREATMENT_WORDS[row.form] ?? row.form,
      point: {
        name: point?.name ?? row.point,
        address: point?.address ?? '',
        phone: point?.phone ?? null,
        hours: (point && formatShifts(point.shifts)) || 'chưa có giờ xác nhận, hỏi trước khi đến',
      },
      meeting: next ? formatDateTime(next.startsAt) : null,
      papers: papersFor(app, row).map(({ id, title, article, confirmed }) => ({
        title,
        done: ticked.includes(id),
        note: confirmed ? article : `${article}; hỏi lại`,
      })),
      asOf: writtenDay((app.book().enrolment ?? NO_PLAN).asOf),
      printedOn: writtenDay(dayOf(app.now())),
    }
  }
}
