import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may } from '../../app/permissions.ts'
import { shortCode } from '../../engine/short-code.ts'
import { type CheckInRow, readCheckIn, seeingCheckIn, unseenCheckInsAt } from '../../store/check-ins.ts'
import { openWords } from '../../store/lines.ts'
import type { CheckInItem } from '../pages/desk/referral.ts'
import type { TaskView } from '../pages/desk/today.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { fieldsOf } from './field.ts'
import { personOf, writtenDate } from './show-visits.ts'
import type { DeskEnv, Who } from './who.ts'

const allowed = (app: App, { member }: Who, action: Action, { point }: Pick<CheckInRow, 'point'>): boolean =>
  may(action, member, { point, above: app.directory().points.find(({ id }) => id === point)?.above })

async function mine(app: App, who: Who): Promise<readonly CheckInRow[]> {
  const points = [...app.directory().points.map(({ id }) => id), null]
  return unseenCheckInsAt(
    app.store,
    points.filter((point) => allowed(app, who, 'referral.read', { point })),
  )
}

/** Weekly questions without an answer, or answered in words, that this reader is to look at; each reading is noted. */
export async function checkInItems(app: App, c: Context<DeskEnv>): Promise<readonly CheckInItem[]> {
  const who = c.get('who')
  const items: CheckInItem[] = []
  for (const row of await mine(app, who)) {
    if (row.line !== null) await audited(c, 'referral.read', row.contact, { about: row.id, point: row.point })
    const words = row.line === null ? null : await openWords(app.store, app.vault, row.line)
    items.push({
      id: row.id,
      code: shortCode(row.contact),
      asked: writtenDate(row.askedAt),
      words: row.state === 'missed' ? null : (words ?? 'đã hết hạn lưu'),
      person: await personOf(app, who, { ...row, point: row.point ?? '' }),
    })
  }
  return items
}

/** Whoever had no answer is on the list of the day for those who walk beside them, and on nobody else's. */
export async function checkInTasks(app: App, who: Who): Promise<readonly TaskView[]> {
  return (await mine(app, who)).map((row) => ({
    id: `hoi-tham:${row.id}`,
    words:
      row.state === 'missed'
        ? `Một người nhờ hỏi thăm mỗi tuần chưa trả lời (${shortCode(row.contact)})`
        : `Một người trả lời câu hỏi thăm bằng lời (${shortCode(row.contact)})`,
    todo: row.state === 'missed' ? 'Hỏi thăm nhẹ, xem giờ an toàn trước. Đây không phải lỡ hẹn.' : null,
    openedAt: row.askedAt,
    ticket: null,
    link: { href: '/desk/gioi-thieu#hoi-tham', words: 'Mở' },
    closable: false,
  }))
}

/** A human asked how somebody is, or read what they wrote. */
export function checkInRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.post('/desk/gioi-thieu/hoi-tham', async (c) => {
    const row = await readCheckIn(app.store, (await fieldsOf(c))('one'))
    if (!row) return c.html(errorPage(404), 404)
    const who = c.get('who')
    if (!allowed(app, who, 'referral.write', row)) return c.html(refusedPage(who.member), 403)
    const seen = seeingCheckIn(row.id, who.id, app.now())
    await audited(c, 'referral.write', row.contact, { about: row.id, point: row.point }, [seen])
    return c.redirect('/desk/gioi-thieu?xong=hoi-tham#hoi-tham', 303)
  })
  return routes
}
