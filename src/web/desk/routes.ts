import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { App } from '../../app/app.ts'
import { mayIfChosen } from '../../app/permissions.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited, staffOf } from '../signed-in.ts'
import { requireTicket } from '../ticket-door.ts'
import { accompanyRoutes } from './accompany.ts'
import { accompanyPersonRoutes } from './accompany-person.ts'
import { bookVisitRoutes } from './book-visit.ts'
import { broadcastRoutes } from './broadcasts.ts'
import { checkInRoutes } from './check-ins.ts'
import { closedRoutes } from './closed.ts'
import { clubInviteRoutes } from './club-invite.ts'
import { clubRoutes } from './clubs.ts'
import { contentRoutes } from './content.ts'
import { contentDownRoutes } from './content-down.ts'
import { contestRoutes } from './contests.ts'
import { editContentRoutes } from './edit-content.ts'
import { enrolmentFormRoutes } from './enrolment-form.ts'
import { enrolmentSummaryRoutes } from './enrolment-summary.ts'
import { enrolmentRoutes } from './enrolments.ts'
import { type EntrancePlaces, entranceRoutes } from './entrances.ts'
import { type EventOptions, eventRoutes } from './events.ts'
import { lawRoutes } from './laws.ts'
import { loudspeakerRoutes } from './loudspeaker.ts'
import { loudspeakerPlanRoutes } from './loudspeaker-plan.ts'
import { meetingRoutes } from './meetings.ts'
import { milestoneRoutes } from './milestones.ts'
import { outreachRoutes } from './outreach.ts'
import { personRoutes } from './person.ts'
import { queueRoutes } from './queue.ts'
import { readingSheetRoutes } from './reading-sheet.ts'
import { referRoutes } from './refer.ts'
import { referralRoutes } from './referrals.ts'
import { registerRoutes } from './registers.ts'
import { replyRoutes } from './replies.ts'
import { reviewRoutes } from './reviews.ts'
import { revisionRoutes } from './revisions.ts'
import { serviceRoutes } from './services.ts'
import { spokenRoutes } from './spoken.ts'
import { supporterRoutes } from './supporters.ts'
import { ticketRoutes } from './ticket.ts'
import { todayRoutes } from './today.ts'
import { traceRoutes } from './traces.ts'
import { trainingRoutes } from './training.ts'
import { visitRoutes } from './visits.ts'
import { type SlipPlaces, walkInRoutes } from './walk-ins.ts'
import { type DeskEnv, whoOf } from './who.ts'

const LISTS = ['/desk', '/desk/queue', '/desk/closed', '/desk/reviews']

/** The counsellors' desk: pages that need no script, for whoever has signed in and may see what waits. */
export function deskRoutes(app: App, options: EventOptions & SlipPlaces & EntrancePlaces): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const known = createMiddleware<DeskEnv>(async (c, next) => {
    const { member } = staffOf(c)
    if (!c.req.path.startsWith('/desk/tickets/') && !mayIfChosen('queue.view', member))
      return c.html(refusedPage(member), 403)
    c.set('who', whoOf(c))
    // The page that lies open fetches itself anew at every change; opening it is what is noted.
    if (LISTS.includes(c.req.path) && c.req.header('Sec-Fetch-Mode') !== 'cors') await audited(c, 'queue.view')
    return next()
  })
  for (const path of [
    '/desk',
    '/desk/queue',
    '/desk/people',
    '/desk/people/*',
    '/desk/replies',
    '/desk/events',
    '/desk/tasks/*',
    '/desk/closed',
    '/desk/reviews/*',
    '/desk/misses',
    '/desk/lich',
    '/desk/lich/*',
    '/desk/moc',
    '/desk/nguoi',
    '/desk/gioi-thieu',
    '/desk/gioi-thieu/*',
    '/desk/dang-ky',
    '/desk/dang-ky/*',
    '/desk/tim/*',
    '/desk/tin',
    '/desk/tin/*',
    '/desk/dong-hanh',
    '/desk/dong-hanh/*',
    '/desk/nguoi-do-dau',
    '/desk/nguoi-do-dau/*',
  ])
    routes.use(path, known)
  // Who sees no queue has pages all the same: the board of a club, and everybody the classes.
  const named = createMiddleware<DeskEnv>(async (c, next) => {
    c.set('who', whoOf(c))
    return next()
  })
  for (const path of [
    'noi-dung',
    'nguon',
    'clb',
    'noi-dich-vu',
    'so-theo-doi',
    'hoat-dong',
    'bo-noi-chuyen',
    'tap-huan',
    'cuoc-thi',
    'loa',
    'ban-ghi',
    'loi-vao',
  ]) {
    routes.use(`/desk/${path}`, named)
    routes.use(`/desk/${path}/*`, named)
  }
  routes.use('/desk/tickets/*', known)
  routes.use('/desk/tickets/*', requireTicket(app))
  routes.route('/', todayRoutes(app))
  routes.route('/', queueRoutes(app))
  routes.route('/', ticketRoutes(app))
  routes.route('/', walkInRoutes(app, options))
  routes.route('/', bookVisitRoutes(app))
  routes.route('/', visitRoutes(app))
  routes.route('/', milestoneRoutes(app))
  routes.route('/', personRoutes(app))
  routes.route('/', enrolmentFormRoutes(app))
  routes.route('/', enrolmentSummaryRoutes(app))
  routes.route('/', enrolmentRoutes(app))
  routes.route('/', accompanyPersonRoutes(app))
  routes.route('/', accompanyRoutes(app))
  routes.route('/', supporterRoutes(app))
  routes.route('/', traceRoutes(app))
  routes.route('/', clubInviteRoutes(app))
  routes.route('/', clubRoutes(app))
  routes.route('/', meetingRoutes(app))
  routes.route('/', referRoutes(app))
  routes.route('/', checkInRoutes(app))
  routes.route('/', referralRoutes(app))
  routes.route('/', serviceRoutes(app))
  routes.route('/', registerRoutes(app))
  routes.route('/', editContentRoutes(app))
  routes.route('/', revisionRoutes(app))
  routes.route('/', contentRoutes(app))
  routes.route('/', contentDownRoutes(app))
  routes.route('/', lawRoutes(app))
  routes.route('/', outreachRoutes(app, options))
  routes.route('/', loudspeakerRoutes(app))
  routes.route('/', loudspeakerPlanRoutes(app))
  routes.route('/', readingSheetRoutes(app, options))
  routes.route('/', spokenRoutes(app))
  routes.route('/', entranceRoutes(app, options))
  routes.route('/', trainingRoutes(app))
  routes.route('/', contestRoutes(app, options))
  routes.route('/', broadcastRoutes(app))
  routes.route('/', replyRoutes(app))
  routes.route('/', closedRoutes(app))
  routes.route('/', reviewRoutes(app))
  routes.route('/', eventRoutes(app, options))
  return routes
}
