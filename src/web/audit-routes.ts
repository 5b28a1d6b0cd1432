import { Hono } from 'hono'
import type { App } from '../app/app.ts'
import { searchAudit } from '../store/audit.ts'
import { allStaff } from '../store/directory.ts'
import { auditPage } from './pages/audit.ts'
import { audited, memberOf, requireMay } from './signed-in.ts'

const ROWS = 100

/** The audit as leads read it: of their own point, or of every point for the tier above. Reading it is a row too. */
export function auditRoutes(app: App): Hono {
  const routes = new Hono()
  routes.use('/desk/audit', requireMay('audit.search'))
  routes.get('/desk/audit', async (c) => {
    const member = memberOf(c)
    const staff = (await allStaff(app.store)).filter((one) => member.point === null || one.point === member.point)
    const only = staff.find(({ id }) => id === c.req.query('ai'))?.id ?? null
    const before = Number(c.req.query('truoc')) || app.now() + 1
    await audited(c, 'audit.search', null, { about: only })
    const colleagues = staff.map(({ id }) => id)
    const wanted = { before, staff: only, contact: null, point: member.point, colleagues, limit: ROWS }
    const rows = await searchAudit(app.store, wanted)
    const last = rows.at(-1)
    const older = rows.length === ROWS && last ? `/desk/audit?truoc=${last.at}${only ? `&ai=${only}` : ''}` : null
    return c.html(auditPage({ member, rows, staff, only, older, now: app.now() }))
  })
  return routes
}
