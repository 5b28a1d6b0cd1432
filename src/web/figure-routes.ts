import { Hono } from 'hono'
import type { App } from '../app/app.ts'
import { figuresOf } from '../app/figures.ts'
import { may } from '../app/permissions.ts'
import type { Instant } from '../engine/content.ts'
import type { Priority } from '../engine/conversation.ts'
import type { Day } from '../engine/facts.ts'
import { dayOf, instantOf, openAt } from '../engine/hours.ts'
import { mayBeCalled, type StaffMember } from '../engine/staff.ts'
import { courseCounts } from '../store/courses.ts'
import { loadNow, type Scope, ticketsOpened } from '../store/figures.ts'
import { viewerOf } from './desk/who.ts'
import { figuresPage } from './pages/figures.ts'
import { audited, memberOf, requireMay } from './signed-in.ts'

const DAY_MS = 86_400_000
/** As much as one page reads at once. */
const DAYS = 31

/** The load of this minute and the figures of some days, for leads of their points and for analysts of all. */
export function figureRoutes(app: App): Hono {
  const routes = new Hono()
  routes.use('/desk/figures', requireMay('report.view'))
  routes.get('/desk/figures', async (c) => {
    const member = memberOf(c)
    const now = app.now()
    const asked = { from: c.req.query('tu') ?? '', to: c.req.query('den') ?? '' }
    const span = spanOf(asked, now)
    const lead = member.roles.includes('lead')
    const scope = scopeOf(app, member)
    await audited(c, 'report.view', null, { about: 'problem' in span ? null : `${span.from}/${span.to}` })
    const [from, to] = 'problem' in span ? [dayOf(now), dayOf(now)] : [span.from, span.to]
    const tickets = await ticketsOpened(app.store, scope, midnight(from), midnight(to) + DAY_MS)
    const { points, staff, calendar } = app.directory()
    const load = await loadNow(app.store, scope)
    const { courses = [] } = app.book()
    const counted = await courseCounts(app.store, from.slice(0, 7), to.slice(0, 7))
    const onDuty = staff.filter(
      (one) =>
        mayBeCalled(one, false) &&
        (scope.everywhere || (one.point !== null && scope.points.includes(one.point))) &&
        openAt(one.duty ?? points.find(({ id }) => id === one.point) ?? { shifts: [] }, calendar, now),
    )
    const page = figuresPage({
      member,
      from,
      to,
      problem: 'problem' in span ? span.problem : null,
      tables: figuresOf(tickets, stepsOf(app)),
      load,
      courses: counted.map((one) => ({
        ...one,
        title: courses.find(({ id }) => id === one.course)?.title ?? one.course,
      })),
      // Who works how much is for those who lead them.
      people: lead ? { onDuty, staff } : null,
      now,
    })
    return c.html(page, 'problem' in span ? 400 : 200)
  })
  return routes
}

/** How many rungs each ladder has. */
function stepsOf(app: App): Record<Priority, number> {
  const { emergency, urgent, routine } = app.book().ladders
  return { emergency: emergency.steps.length, urgent: urgent.steps.length, routine: routine.steps.length }
}

/** A lead's own points and those below; an analyst counts everywhere and sees no name. */
function scopeOf(app: App, member: StaffMember): Scope {
  if (!member.roles.includes('lead')) return { everywhere: true }
  const { everywhere, points } = viewerOf(app, { member })
  return everywhere && may('report.view', member) ? { everywhere: true } : { everywhere: false, points }
}

type Span = { from: Day; to: Day } | { problem: string }

/** Both days included; none given means today. */
function spanOf({ from, to }: { from: string; to: string }, now: Instant): Span {
  const today = dayOf(now)
  const first = from === '' ? (to === '' ? today : to) : from
  const last = to === '' ? (from === '' ? today : from) : to
  if (!isDay(first) || !isDay(last)) return { problem: 'Ngày chưa đúng. Hãy chọn ngày có trong lịch.' }
  if (first > last) return { problem: 'Ngày đầu phải trước ngày cuối. Chưa đổi gì: dưới đây là hôm nay.' }
  if (midnight(last) - midnight(first) >= DAYS * DAY_MS)
    return { problem: `Mỗi lần xem được tối đa ${DAYS} ngày. Dưới đây là hôm nay.` }
  return { from: first, to: last }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(midnight(text)) === text
}

function midnight(day: Day): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return instantOf(year, month, date)
}
