import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { PASS_ITEMS } from '../../engine/referrals/referral.ts'
import { load } from '../../store/load.ts'
import { readForm } from '../form-fields.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { type ReferDraft, referFormPage } from '../pages/desk/refer-form.ts'
import { refusedPage } from '../pages/refused.ts'
import { choicesOf } from './outreach-words.ts'
import { PASS_WORDS, SERVICE_KIND_WORDS } from './referral-words.ts'
import { readSubject, type Subject } from './subject.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const FORM = '/desk/gioi-thieu/moi'

const REFUSALS: Readonly<Record<string, string>> = {
  referral_waits: 'người này đang được hỏi ý về một nơi khác; chờ trả lời, hoặc ghi câu trả lời ấy trước.',
  no_such_service: 'nơi ấy không còn trong danh bạ, hoặc không có dịch vụ ấy.',
  not_asked: 'người này không có kênh nhắn, nên chỉ ghi khi đã nghe họ đồng ý.',
}

/** Somebody is asked whether they wish to be introduced to a place, or has said yes; never without it. */
export function referRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const subjectOf = (c: C) => readSubject(app, c.get('who'), (name) => c.req.query(name) ?? '')

  routes.get(FORM, async (c) => {
    const subject = await subjectOf(c)
    return subject ? form(c, subject, { place: '', passes: ['code'], said: '' }, null) : gone(c)
  })
  routes.post(FORM, async (c) => {
    const sent = await readForm(c)
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const point = pointFor(c, subject)
    if (point === null) return refuse(c)
    const draft = { place: sent.one('place'), passes: sent.all('passes'), said: sent.one('said') }
    const problem = (words: string, status: 400 | 409 = 400) => form(c, subject, draft, `Chưa làm: ${words}`, status)
    const place = places(point).find(({ value }) => value === draft.place)
    if (!place) return problem('bạn chọn nơi và việc.')
    const passes = PASS_ITEMS.filter((one) => draft.passes.includes(one))
    if (passes.length === 0) return problem('bạn chọn ít nhất một điều được chuyển; mã giới thiệu là ít nhất.')
    if (draft.said !== 'hoi' && draft.said !== 'co') return problem('người ấy đã đồng ý hay chưa hỏi?')
    const { service, kind } = place
    const reason = await actOnVisit(app, c, subject, {
      action: { type: 'refer', service, kind, passes, point, heard: draft.said === 'co' },
      form: sent.one('id'),
      called: 'referral.write',
      point,
    })
    if (reason === null) return c.redirect(`/desk/gioi-thieu?xong=${draft.said}`, 303)
    return problem(REFUSALS[reason] ?? 'cuộc này vừa thay đổi. Bạn mở lại.', 409)
  })
  return routes

  /** The point that looks after it: the person's, else the reader's own. */
  function pointFor(c: C, subject: Subject): string | null {
    const { member } = c.get('who')
    const wanted = subject.point ?? member.point ?? app.directory().points[0]?.id ?? ''
    const above = app.directory().points.find(({ id }) => id === wanted)?.above
    return may('referral.write', member, { point: wanted, above }) ? wanted : null
  }

  /** Every place with each of its services, those near the point first. */
  function places(point: string) {
    const { services = [], points } = app.directory()
    const near = points.find(({ id }) => id === point)?.communes ?? []
    const isNear = (communes: readonly string[]) => communes.some((one) => near.includes(one))
    return [...services]
      .sort((a, b) => Number(isNear(b.communes)) - Number(isNear(a.communes)))
      .flatMap((one) =>
        one.kinds.map((kind) => ({
          value: `${one.id}|${kind}`,
          label: `${SERVICE_KIND_WORDS[kind]} – ${one.name}`,
          service: one.id,
          kind,
        })),
      )
  }

  async function form(
    c: C,
    subject: Subject,
    draft: ReferDraft,
    problem: string | null,
    status: 200 | 400 | 409 = problem === null ? 200 : 400,
  ): Promise<Response> {
    const point = pointFor(c, subject)
    if (point === null) return refuse(c)
    const { conversation } = await load(app.store, subject.contact)
    const view = {
      reader: readerOf(c.get('who')),
      formId: randomUUID(),
      path: raw(`${FORM}?${subject.query}`),
      back: subject.back,
      code: subject.code,
      draft,
      places: places(point),
      passes: choicesOf(PASS_WORDS),
      walkIn: conversation.walkIn !== null,
      problem,
    }
    return c.html(referFormPage(view), status)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }

  async function gone(c: C): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
  }
}
