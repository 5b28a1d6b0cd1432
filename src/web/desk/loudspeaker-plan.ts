import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { sheetHash } from '../../app/sheet-code.ts'
import type { Day, Point } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { planning, plansBetween, readSheet } from '../../store/readings.ts'
import { readForm } from '../form-fields.ts'
import { planPage } from '../pages/desk/loudspeaker-plan.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { mondayOf } from './call-day.ts'
import { communeName, MOST_TIMES, readTimes, weekWords } from './loudspeaker.ts'
import { scriptOf, scriptTopics } from './scripts.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

/** What was typed, so that a mistake loses nothing. */
interface PlanDraft {
  communes: readonly string[]
  times: ReadonlyMap<string, string>
}

/** Which scripts the communes of a point read out in a week, and how often. */
export function loudspeakerPlanRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/loa/lich', async (c) => {
    const point = pointOf(c, c.req.query('diem') ?? '')
    if (!point) return refuse(c)
    return show(c, point, dayOf(mondayOf(c.req.query('tuan'), app.now())), null, null)
  })
  routes.post('/desk/loa/lich', async (c) => {
    const form = await readForm(c)
    const point = pointsFor(c).find(({ id }) => id === form.one('point'))
    if (!point) return refuse(c)
    const week = dayOf(mondayOf(form.one('week'), app.now()))
    const topics = scriptTopics(app).map(({ id }) => id)
    const times = new Map(topics.map((id) => [id, form.one(`lan-${id}`).trim()]))
    const communes = point.communes.filter((id) => form.all('communes').includes(id))
    const chosen = [...times].filter(([, text]) => text !== '')
    const wrong = chosen.find(([, text]) => readTimes(text) === null)
    const problem = wrong
      ? `số lần của mỗi bài là một số từ 1 đến ${MOST_TIMES}, hoặc để trống.`
      : chosen.length === 0
        ? 'bạn ghi số lần ở ít nhất một bài.'
        : communes.length === 0
          ? 'bạn chọn ít nhất một xã, phường.'
          : await problemOfOthers(point, week, communes)
    if (problem !== null) return show(c, point, week, { communes, times }, `Chưa xếp: ${problem}`)
    const { id: by } = c.get('who').member
    const at = app.now()
    const writes = communes.flatMap((commune) =>
      chosen.flatMap(([topic, text]) =>
        planning(
          { week, commune, topic, point: point.id, times: readTimes(text)!, by, at },
          sheetHash(app, week, commune, 1),
        ),
      ),
    )
    await audited(c, 'loudspeaker.plan', null, { about: week, point: point.id }, writes)
    return c.redirect(`/desk/loa?tuan=${week}&xong=xep`, 303)
  })
  return routes

  /** A commune that two points serve has one sheet a week: it is whose point planned first. */
  async function problemOfOthers(point: Point, week: Day, communes: readonly string[]): Promise<string | null> {
    const sheets = await Promise.all(communes.map((commune) => readSheet(app.store, week, commune)))
    const other = sheets.find((sheet) => sheet !== null && sheet.point !== point.id)
    if (!other) return null
    const name = app.directory().points.find(({ id }) => id === other.point)?.name ?? other.point
    return `${communeName(app, other.commune)} tuần này do ${name} xếp. Bạn bỏ chọn xã ấy.`
  }

  async function show(c: C, point: Point, week: Day, typed: PlanDraft | null, problem: string | null) {
    const planned = await plansBetween(app.store, [point.id], week, week)
    const times = typed?.times ?? new Map(planned.map((one) => [one.topic, String(one.times)]))
    const communes = typed?.communes ?? (planned.length > 0 ? planned.map(({ commune }) => commune) : point.communes)
    const view = {
      reader: readerOf(c.get('who')),
      week,
      weekWords: weekWords(week),
      point: { value: point.id, label: point.name },
      points: pointsFor(c).map(({ id, name }) => ({ value: id, label: name })),
      communes: point.communes.map((id) => ({ value: id, label: communeName(app, id) })),
      chosen: communes,
      scripts: scriptTopics(app).flatMap(({ id }) => {
        const script = scriptOf(app, id)
        return script ? [{ ...script, unsigned: script.doubt !== null, times: times.get(id) ?? '' }] : []
      }),
      problem,
    }
    return c.html(planPage(view), problem === null ? 200 : 400)
  }

  function pointsFor(c: C): readonly Point[] {
    const { member } = c.get('who')
    return app.directory().points.filter(({ id, above }) => may('loudspeaker.plan', member, { point: id, above }))
  }

  function pointOf(c: C, asked: string): Point | undefined {
    const points = pointsFor(c)
    const own = c.get('who').member.point
    return points.find(({ id }) => id === asked) ?? points.find(({ id }) => id === own) ?? points[0]
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
