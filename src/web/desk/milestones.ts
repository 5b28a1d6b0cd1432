import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { mayEver } from '../../app/permissions.ts'
import { MILESTONES, type Milestones } from '../../engine/visits/milestones.ts'
import { load } from '../../store/load.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { type MilestoneDraft, milestonesPage } from '../pages/desk/milestones.ts'
import { refusedPage } from '../pages/refused.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { STAGE_WORDS } from './labels.ts'
import { readSubject, type Subject } from './subject.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const FORM = '/desk/moc'
const DAY_MS = 86_400_000
/** Nobody is asked after so long after a day, or so far before it. */
const FURTHEST_DAYS = 800

/** Where somebody is on their way, and the days from which they wish to be asked how it goes. */
export function milestoneRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const subjectOf = (c: C) => readSubject(app, c.get('who'), (name) => c.req.query(name) ?? '')

  routes.get(FORM, async (c) => {
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const { answers, milestones = {} } = (await load(app.store, subject.contact)).conversation
    const stage = answers.stage?.type === 'code' ? answers.stage.value : ''
    const done = c.req.query('xong') === 'ghi' ? 'Đã ghi.' : null
    return form(c, subject, { stage, days: { ...EMPTY, ...milestones }, agreed: false }, null, done)
  })
  routes.post(FORM, async (c) => {
    const fields = await fieldsOf(c)
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const draft: MilestoneDraft = {
      stage: fields('stage'),
      days: { ve: fields('ve'), 'het-han': fields('het-han'), giay: fields('giay') },
      agreed: fields('agreed') === 'yes',
    }
    const read = readDraft(draft)
    if ('problem' in read) return form(c, subject, draft, `Chưa ghi: ${read.problem}`)
    const action = { type: 'set_milestones', stage: draft.stage in STAGE_WORDS ? draft.stage : null, ...read } as const
    const point = subject.point ?? c.get('who').member.point ?? ''
    const reason = await actOnVisit(app, c, subject, { action, form: fields('id'), called: 'visit.book', point })
    if (reason !== null) return form(c, subject, draft, 'Chưa ghi: cuộc này vừa thay đổi. Bạn mở lại.', null, 409)
    return c.redirect(`${FORM}?${subject.query}&xong=ghi`, 303)
  })
  return routes

  function readDraft({ days, agreed }: MilestoneDraft): { days: Milestones } | { problem: string } {
    const set: Partial<Record<(typeof MILESTONES)[number], string>> = {}
    for (const name of MILESTONES) {
      const day = days[name]
      if (day === '') continue
      if (!isDay(day)) return { problem: `không có ngày “${day}” trong lịch.` }
      if (Math.abs(midnightOf(day) - app.now()) > FURTHEST_DAYS * DAY_MS)
        return { problem: `ngày ${writtenDay(day)} xa quá hai năm.` }
      set[name] = day
    }
    if (Object.keys(set).length > 0 && !agreed)
      return { problem: 'chỉ ghi mốc khi người ấy đã đồng ý được hỏi thăm; hỏi rồi đánh dấu.' }
    return { days: set }
  }

  async function form(
    c: C,
    subject: Subject,
    draft: MilestoneDraft,
    problem: string | null,
    done: string | null = null,
    status: 200 | 400 | 409 = problem === null ? 200 : 400,
  ): Promise<Response> {
    if (!mayEver('visit.book', c.get('who').member)) return c.html(refusedPage(c.get('who').member), 403)
    const view = {
      reader: readerOf(c.get('who')),
      formId: randomUUID(),
      path: raw(`${FORM}?${subject.query}`),
      back: subject.back,
      code: subject.code,
      draft,
      stages: Object.entries(STAGE_WORDS).map(([value, label]) => ({ value, label })),
      problem,
      done,
    }
    return c.html(milestonesPage(view), status)
  }

  async function gone(c: C): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
  }
}

const EMPTY = { ve: '', 'het-han': '', giay: '' }
