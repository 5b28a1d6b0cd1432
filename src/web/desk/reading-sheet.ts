import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { sheetCode, sheetHash, shownCode } from '../../app/sheet-code.ts'
import { dayOf } from '../../engine/hours.ts'
import { plansBetween, readSheet, renewingSheet, type Sheet } from '../../store/readings.ts'
import { readingSheetPage, type SheetView } from '../pages/desk/reading-sheet.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { lastDay, soundsOf } from '../reading-routes.ts'
import { sheetFile } from '../sheet-file.ts'
import { audited } from '../signed-in.ts'
import { writtenDay } from './call-day.ts'
import { communeName, weekWords } from './loudspeaker.ts'
import { scriptOf } from './scripts.ts'
import type { DeskEnv } from './who.ts'

type C = Context<DeskEnv>

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The sheet that a commune reads out from, on paper or as a Word file. */
export function readingSheetRoutes(app: App, places: { publicUrl: string | null }): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/loa/to/:week/:commune', async (c) => {
    const found = await find(c)
    if (found instanceof Response) return found
    const { sheet, view } = found
    const { renderSVG } = await import('uqr')
    const code = sheetCode(app, sheet.week, sheet.commune, sheet.serial)
    const topics = await planned(sheet)
    return c.html(
      readingSheetPage({
        ...view,
        back: `/desk/loa?tuan=${sheet.week}`,
        path: `/desk/loa/to/${sheet.week}/${sheet.commune}`,
        qr: renderSVG(`${base(c)}/loa/${code}`, { border: 2 }),
        mayRenew: may('loudspeaker.plan', c.get('who').member, about(sheet)),
        sounds: await soundsOf(
          app,
          topics.map(({ topic }) => topic),
        ),
      }),
    )
  })
  routes.get('/desk/loa/to/:week/:commune/to-doc-loa.docx', async (c) => {
    const found = await find(c)
    if (found instanceof Response) return found
    const { week, commune } = found.sheet
    return c.body(await sheetFile(found.view), 200, {
      'Content-Type': WORD,
      'Content-Disposition': `attachment; filename="doc-loa-${commune}-${week}.docx"`,
      'Cache-Control': 'no-store',
    })
  })
  routes.post('/desk/loa/to/:week/:commune/ma', async (c) => {
    const sheet = await readSheet(app.store, c.req.param('week'), c.req.param('commune'))
    if (!sheet || !may('loudspeaker.plan', c.get('who').member, about(sheet)))
      return c.html(refusedPage(c.get('who').member), 403)
    const { week, commune, point, serial } = sheet
    await audited(c, 'loudspeaker.plan', null, { about: `${week}:${commune}`, point }, [
      renewingSheet(sheet, sheetHash(app, week, commune, serial + 1)),
    ])
    return c.redirect(`/desk/loa?tuan=${week}&xong=ma`, 303)
  })
  return routes

  async function find(c: C): Promise<{ sheet: Sheet; view: SheetView } | Response> {
    const sheet = await readSheet(app.store, c.req.param('week') ?? '', c.req.param('commune') ?? '')
    if (!sheet) return c.html(errorPage(404), 404)
    if (!may('loudspeaker.read', c.get('who').member, about(sheet)))
      return c.html(refusedPage(c.get('who').member), 403)
    const { week, commune, point, serial } = sheet
    const scripts = (await planned(sheet)).flatMap(({ topic, times }) => {
      const script = scriptOf(app, topic)
      return script ? [{ ...script, times }] : []
    })
    if (scripts.length === 0) return c.html(errorPage(404), 404)
    return {
      sheet,
      view: {
        commune: communeName(app, commune),
        weekWords: weekWords(week),
        point: app.directory().points.find(({ id }) => id === point)?.name ?? point,
        scripts,
        code: shownCode(sheetCode(app, week, commune, serial)),
        address: `${new URL(base(c)).host}/loa`,
        until: writtenDay(lastDay(week)),
        printedOn: writtenDay(dayOf(app.now())),
      },
    }
  }

  async function planned({ week, commune, point }: Sheet) {
    return (await plansBetween(app.store, [point], week, week)).filter((one) => one.commune === commune)
  }

  function about({ point }: Sheet) {
    return { point, above: app.directory().points.find(({ id }) => id === point)?.above }
  }

  function base(c: C): string {
    return places.publicUrl ?? new URL(c.req.url).origin
  }
}
