import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { daysBefore } from '../../engine/clock/zone.ts'
import type { Id } from '../../engine/content.ts'
import type { Day, Point } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { readAct, withdrawingAct } from '../../store/outreach.ts'
import {
  communesWithActs,
  confirming,
  type PlannedReading,
  plansBetween,
  type Reading,
  readingsBetween,
  unplanning,
} from '../../store/readings.ts'
import { readForm } from '../form-fields.ts'
import { type CommuneWeek, loudspeakerPage, type MonthView } from '../pages/desk/loudspeaker.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { isDay, midnightOf, mondayOf, writtenDay } from './call-day.ts'
import { idOfForm } from './id-of-form.ts'
import { scriptTopics } from './scripts.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

const DAY_MS = 86_400_000
const OLDEST_DAYS = 366
export const MOST_TIMES = 30
const DONE: Readonly<Record<string, string>> = {
  xep: 'Đã xếp lịch. Bạn in tờ đọc cho từng xã ở dưới.',
  phat: 'Đã ghi: đã phát.',
  rut: 'Đã rút, không đếm nữa.',
  bo: 'Đã bỏ khỏi lịch.',
  ma: 'Đã đổi mã: tờ in trước đây không ghi được nữa, bạn in lại.',
}

/** Loa: what each commune reads out in a week, and what it has read out. */
export function loudspeakerRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/loa', (c) => show(c, null))

  routes.post('/desk/loa/bo', async (c) => {
    const form = await readForm(c)
    const one = { week: form.one('week'), commune: form.one('commune'), topic: form.one('topic') }
    const plan = await planned(c, 'loudspeaker.plan', one)
    if (!plan) return refuse(c)
    await audited(c, 'loudspeaker.plan', null, { about: `${one.week}:${one.commune}`, point: plan.point }, [
      unplanning(one),
    ])
    return back(c, one.week, 'bo')
  })

  routes.post('/desk/loa/da-phat', async (c) => {
    const form = await readForm(c)
    const one = { week: form.one('week'), commune: form.one('commune'), topic: form.one('topic') }
    const plan = await planned(c, 'loudspeaker.confirm', one)
    if (!plan) return refuse(c)
    const { day, times, problem } = readReading(one.week, form.one('day'), form.one('times'))
    if (problem !== null) return show(c, problem, one.week)
    const { id: by } = c.get('who').member
    const act = idOfForm(app, 'reading', by, form.one('id').slice(0, 100) || randomUUID())
    const hamlet = form.one('hamlet').normalize('NFC').trim().slice(0, 80)
    await audited(c, 'loudspeaker.confirm', null, { about: act, point: plan.point }, [
      ...confirming({ ...plan, day, times, hamlet, act, by, at: app.now(), note: `${times} lần` }),
    ])
    return back(c, one.week, 'phat')
  })

  routes.post('/desk/loa/rut', async (c) => {
    const form = await readForm(c)
    const row = await readAct(app.store, form.one('act'))
    if (row?.kind !== 'loudspeaker' || !allowed(c, 'loudspeaker.confirm', row.point)) return refuse(c)
    const { id } = c.get('who').member
    await audited(c, 'loudspeaker.confirm', null, { about: row.id, point: row.point }, [withdrawingAct(row.id, id)])
    return back(c, form.one('week'), 'rut')
  })
  return routes

  async function show(c: C, problem: string | null, at = c.req.query('tuan')): Promise<Response> {
    const { member } = c.get('who')
    if (!mayEver('loudspeaker.read', member)) return refuse(c)
    const points = pointsFor(c, 'loudspeaker.read')
    const ids = points.map(({ id }) => id)
    const week = dayOf(mondayOf(at, app.now()))
    const plans = await plansBetween(app.store, ids, week, week)
    const readings = await readingsBetween(app.store, ids, week, week)
    const asked = c.req.query('thang') ?? ''
    const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.test(asked) ? asked : week.slice(0, 7)
    const view = {
      reader: readerOf(c.get('who')),
      week,
      weekWords: weekWords(week),
      before: later(week, -7),
      after: later(week, 7),
      last: [later(week, 6), dayOf(app.now())].toSorted()[0]!,
      communes: weekOf(c, plans, readings),
      month: await monthOf(month, points),
      mayPlan: pointsFor(c, 'loudspeaker.plan').length > 0,
      mayRecord: mayEver('recording.write', member),
      scripts: scriptTopics(app).length,
      formId: randomUUID(),
      problem: problem === null ? null : `Chưa ghi: ${problem}`,
      done: DONE[c.req.query('xong') ?? ''] ?? null,
    }
    return c.html(loudspeakerPage(view), problem === null ? 200 : 400)
  }

  function weekOf(c: C, plans: readonly PlannedReading[], readings: readonly Reading[]): readonly CommuneWeek[] {
    const groups = Map.groupBy(plans, ({ commune }) => commune)
    const items = [...groups].map(([commune, some]) => ({
      id: commune,
      name: communeName(app, commune),
      mayConfirm: allowed(c, 'loudspeaker.confirm', some[0]!.point),
      scripts: some.map((plan) => ({
        topic: plan.topic,
        title: titleOf(app, plan.topic),
        times: plan.times,
        mayDrop: allowed(c, 'loudspeaker.plan', plan.point),
        readings: readings
          .filter((one) => one.commune === commune && one.topic === plan.topic)
          .map((one) => ({
            act: one.act,
            words: [
              `${writtenDay(one.day)}: ${one.times} lần`,
              ...(one.hamlet === '' ? [] : [one.hamlet]),
              one.by === null ? 'ghi bằng mã trên tờ đọc' : `${staffName(app, one.by)} ghi`,
            ].join(' · '),
          })),
      })),
    }))
    return items.toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
  }

  /** A week belongs to the month its Monday is in, with whatever was read of it. */
  async function monthOf(month: string, points: readonly Point[]): Promise<MonthView> {
    const ids = points.map(({ id }) => id)
    const [from, to] = [`${month}-01`, `${month}-31`]
    const area = [...new Set(points.flatMap(({ communes }) => communes))]
    const inArea = (some: readonly Id[]) => area.filter((one) => some.includes(one))
    const planned = inArea((await plansBetween(app.store, ids, from, to)).map(({ commune }) => commune))
    const read = inArea((await readingsBetween(app.store, ids, from, to)).map(({ commune }) => commune))
    const active = inArea(await communesWithActs(app.store, ids, from, to))
    const names = (some: readonly Id[]) =>
      some.map((one) => communeName(app, one)).toSorted((a, b) => a.localeCompare(b, 'vi'))
    return {
      month,
      area: area.length,
      planned: planned.length,
      read: read.length,
      active: active.length,
      unread: names(planned.filter((one) => !read.includes(one))),
      unplanned: names(area.filter((one) => !planned.includes(one))),
    }
  }

  async function planned(
    c: C,
    action: Action,
    one: Pick<PlannedReading, 'week' | 'commune' | 'topic'>,
  ): Promise<PlannedReading | undefined> {
    const ids = pointsFor(c, action).map(({ id }) => id)
    const plans = await plansBetween(app.store, ids, one.week, one.week)
    return plans.find(({ commune, topic }) => commune === one.commune && topic === one.topic)
  }

  function readReading(week: Day, day: string, times: string): { day: Day; times: number; problem: string | null } {
    const read = readTimes(times)
    const problem =
      problemOfDay(app, week, day) ??
      (read === null ? `số lần phát trong ngày là một số từ 1 đến ${MOST_TIMES}.` : null) ??
      (midnightOf(day) < app.now() - OLDEST_DAYS * DAY_MS ? `ngày ${writtenDay(day)} xa quá một năm.` : null)
    return { day, times: read ?? 0, problem }
  }

  function allowed(c: C, action: Action, point: string): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(action, c.get('who').member, { point, above })
  }

  function pointsFor(c: C, action: Action): readonly Point[] {
    return app.directory().points.filter(({ id }) => allowed(c, action, id))
  }

  function back(c: C, week: string, done: string): Response {
    return c.redirect(`/desk/loa?tuan=${isDay(week) ? week : ''}&xong=${done}`, 303)
  }

  async function refuse(c: C): Promise<Response> {
    const { member } = c.get('who')
    return mayEver('loudspeaker.read', member) && c.req.method === 'GET'
      ? c.html(errorPage(404), 404)
      : c.html(refusedPage(member), 403)
  }
}

/** Why a script of this week cannot have been read out on this day; null where it can. */
export function problemOfDay(app: App, week: Day, day: string): string | null {
  if (!isDay(day)) return `không có ngày “${day.slice(0, 20)}” trong lịch.`
  if (day < week || day > later(week, 6)) return `ngày ${writtenDay(day)} không thuộc tuần ${weekWords(week)}.`
  return day > dayOf(app.now()) ? `ngày ${writtenDay(day)} chưa tới: chỉ ghi lần đã phát.` : null
}

/** How often, as a form says it; null where it is no number that can be. */
export function readTimes(text: string): number | null {
  const times = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0
  return times >= 1 && times <= MOST_TIMES ? times : null
}

export function later(day: Day, days: number): Day {
  return daysBefore(midnightOf(day), -days).toString()
}

/** "23/11 đến 29/11/2026" */
export function weekWords(week: Day): string {
  return `${writtenDay(week).slice(0, 5)} đến ${writtenDay(later(week, 6))}`
}

export function communeName(app: App, id: Id): string {
  const commune = app.directory().communes.find((one) => one.id === id)
  return commune ? `${commune.name}, ${commune.province}` : id
}

export function titleOf(app: App, topic: Id): string {
  return app.book().topics.find(({ id }) => id === topic)?.title ?? topic
}
