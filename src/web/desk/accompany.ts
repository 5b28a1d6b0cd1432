import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { pointOfClub } from '../../engine/clubs/club.ts'
import type { Id } from '../../engine/content.ts'
import { dayOf } from '../../engine/hours.ts'
import { shortCode } from '../../engine/short-code.ts'
import {
  type AccompanyRow,
  type AloneRow,
  accompaniedAt,
  aloneAt,
  contactsDue,
  readAccompaniment,
} from '../../store/accompany.ts'
import { accompanyPage } from '../pages/desk/accompany.ts'
import type { TaskView } from '../pages/desk/today.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { RHYTHM_WORDS } from './accompany-words.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { writtenDate } from './show-visits.ts'
import { actOnVisit } from './visit-act.ts'
import { recordPoints } from './walk-ins.ts'
import { type DeskEnv, readerOf, type Who } from './who.ts'

type C = Context<DeskEnv>

const LIST = '/desk/dong-hanh'
const RECENT_DAYS = 30
const DAY_MS = 86_400_000

/** Đồng hành: who has a supporter, since when, last and next asked after. */
export function accompanyRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get(LIST, (c) => show(c, null, c.req.query('xong') === 'gap' ? 'Đã ghi.' : null))
  routes.post(`${LIST}/:id/gap`, async (c) => {
    const fields = await fieldsOf(c)
    const { member } = c.get('who')
    // Whoever may write of none at all is told so; of one of another point nobody learns that it is there.
    if (!mayEver('accompany.write', member)) return refuse(c)
    const row = await readAccompaniment(app.store, c.req.param('id'))
    if (!row) return c.html(errorPage(404), 404)
    const above = app.directory().points.find(({ id }) => id === row.point)?.above
    if (!may('accompany.write', member, { point: row.point, above })) {
      await audited(c, 'refused', row.contact, { about: row.id, point: row.point })
      return c.html(errorPage(404), 404)
    }
    const on = fields('on')
    if (!isDay(on) || midnightOf(on) > app.now() || midnightOf(on) < app.now() - 92 * DAY_MS)
      return show(c, 'Chưa ghi: ngày nói chuyện phải là hôm nay hoặc trong ba tháng qua.', null, 400)
    const does = { action: { type: 'supporter_met', on }, form: fields('id'), called: 'accompany.write' } as const
    const reason = await actOnVisit(app, c, row, { ...does, point: row.point })
    if (reason === null) return c.redirect(`${LIST}?xong=gap`, 303)
    return show(c, 'Chưa ghi: người này vừa có thay đổi. Bạn xem lại.', null, 409)
  })
  return routes

  async function show(
    c: C,
    message: string | null,
    done: string | null,
    status: 200 | 400 | 409 = 200,
  ): Promise<Response> {
    const who = c.get('who')
    if (!mayEver('accompany.read', who.member)) return refuse(c)
    await audited(c, 'accompany.read')
    const points = pointsWhere(app, who, 'accompany.read')
    const rows = await accompaniedAt(app.store, points)
    const clubs = app.directory().clubs.filter((club) => points.includes(pointOfClub(app.directory(), club) ?? ''))
    const alone = await aloneAt(
      app.store,
      points,
      clubs.map(({ id }) => id),
    )
    const today = dayOf(app.now())
    const since = dayOf(app.now() - RECENT_DAYS * DAY_MS)
    const assigned = rows.filter(({ state }) => state === 'assigned')
    const view = {
      reader: readerOf(who),
      items: rows.map((row) => ({
        id: row.id,
        code: shortCode(row.contact),
        facts: factsOf(app, row),
        due: isDue(row, today),
        assigned: row.state === 'assigned',
      })),
      counts: {
        assigned: assigned.length,
        recent: assigned.filter(({ lastOn }) => lastOn !== null && lastOn >= since).length,
        offered: rows.length - assigned.length,
      },
      alone: alone.map((one) => ({ code: shortCode(one.contact), href: hrefOf(one) })),
      formId: randomUUID(),
      today,
      mayWrite: mayEver('accompany.write', who.member),
      message,
      done,
    }
    return c.html(accompanyPage(view), status)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

/** Who has neither an open talk nor a record is asked when they write again. */
function hrefOf({ contact, ticket, walkIn }: AloneRow): string | null {
  if (ticket !== null) return `${LIST}/nguoi?cuoc=${ticket}`
  return walkIn ? `${LIST}/nguoi?khach=${contact}` : null
}

const isDue = ({ state, nextOn }: AccompanyRow, today: string): boolean =>
  state === 'assigned' && nextOn !== null && nextOn <= today

function pointsWhere(app: App, { member }: Who, action: Action): readonly Id[] {
  return recordPoints(app, member, action).map(({ id }) => id)
}

/** What is said of somebody's supporter on one line. */
export function factsOf(app: App, row: AccompanyRow): readonly string[] {
  const one = (app.directory().supporters ?? []).find(({ id }) => id === row.supporter)
  const name = `${one?.name ?? 'không còn trong sổ'}${one?.active === false ? ' (đã nghỉ, cần đổi)' : ''}`
  if (row.state === 'offered') return [`đã hỏi về ${name}`, writtenDate(row.offeredAt)]
  return [
    name,
    ...(row.assignedAt === null ? [] : [`từ ${writtenDate(row.assignedAt)}`]),
    ...(row.every === null ? [] : [RHYTHM_WORDS[row.every]]),
    row.lastOn === null ? 'chưa hỏi thăm lần nào' : `lần cuối ${writtenDay(row.lastOn)}`,
    ...(row.nextOn === null ? [] : [`hẹn ${writtenDay(row.nextOn)}`]),
  ]
}

/** Whom to ask after today, for the first page; who has no chat is on its list of calls. */
export async function contactTasks(app: App, who: Who): Promise<readonly TaskView[]> {
  const rows = await contactsDue(app.store, pointsWhere(app, who, 'accompany.read'), dayOf(app.now()))
  return rows
    .filter(({ walkIn }) => !walkIn)
    .map((row) => ({
      id: `dong-hanh:${row.id}`,
      words: `Đến hẹn hỏi thăm ${shortCode(row.contact)}, hẹn ${writtenDay(row.nextOn ?? '')}`,
      todo: null,
      openedAt: midnightOf(row.nextOn ?? dayOf(app.now())),
      ticket: null,
      link: { href: `${LIST}/nguoi?dh=${row.id}`, words: 'Mở' },
      closable: false,
    }))
}
