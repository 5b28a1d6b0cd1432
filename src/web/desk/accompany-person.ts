import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import { PLAN_PARTS } from '../../engine/accompany/plan.ts'
import { SCORES, type Score, type ScoreName, SIDES } from '../../engine/accompany/progress.ts'
import { RHYTHMS, type Supporter } from '../../engine/accompany/supporter.ts'
import { zoned } from '../../engine/clock/zone.ts'
import type { StaffAction } from '../../engine/conversation.ts'
import { dayOf } from '../../engine/hours.ts'
import { accompanimentOf, progressOf, supporterLoads } from '../../store/accompany.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import { accompanyPersonPage } from '../pages/desk/accompany-person.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { ownPlanPage } from '../pages/desk/own-plan.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { factsOf } from './accompany.ts'
import { mayReadPlan, standingTo } from './accompany-standing.ts'
import { BODY_WORDS, levels, PART_WORDS, RHYTHM_WORDS, SIDE_WORDS, scores } from './accompany-words.ts'
import { isDay } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { writtenDate } from './show-visits.ts'
import { readSubject, type Subject } from './subject.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const FORM = '/desk/dong-hanh/nguoi'
const PLAN = '/desk/dong-hanh/ke-hoach'

const DONE: Readonly<Record<string, string>> = {
  'gioi-thieu': 'Đã gửi lời hỏi ý, hoặc đã ghi.',
  gap: 'Đã ghi lần hỏi thăm.',
  nhip: 'Đã đổi nhịp hỏi thăm.',
  thoi: 'Đã ghi là thôi.',
  thang: 'Đã ghi tháng ấy.',
}
const REFUSED: Readonly<Record<string, string>> = {
  no_consent: 'người ấy chưa đồng ý nhìn lại theo tháng; hỏi rồi đánh dấu.',
  not_asked: 'khách chưa có kênh nhắn thì phải hỏi trực tiếp.',
  nobody_there: 'người đồng hành này đã nghỉ.',
  same_supporter: 'người này đang đi cùng rồi.',
  no_supporter: 'chưa có người đồng hành, hoặc ngày chưa đúng.',
}

/** Walking beside one person, from their talk, their record, their appointment or the list. */
export function accompanyPersonRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const subjectOf = (c: C) => readSubject(app, c.get('who'), (name) => c.req.query(name) ?? '')

  routes.get(FORM, async (c) => {
    const subject = await subjectOf(c)
    return subject ? show(c, subject, null) : gone(c)
  })
  routes.post(FORM, async (c) => {
    const fields = await fieldsOf(c)
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const { conversation } = await load(app.store, subject.contact)
    if (!standingTo(app, c.get('who'), subject, conversation, 'accompany.write').mayOpen) return refuse(c)
    const read = readAction(c, fields)
    if ('problem' in read) return show(c, subject, `Chưa ghi: ${read.problem}`)
    const point = subject.point ?? c.get('who').member.point ?? ''
    const reason = await actOnVisit(app, c, subject, {
      action: read.action,
      form: fields('id'),
      called: 'accompany.write',
      point,
    })
    if (reason !== null)
      return show(c, subject, `Chưa ghi: ${REFUSED[reason] ?? 'cuộc này vừa thay đổi. Bạn mở lại.'}`, 409)
    return c.redirect(`${FORM}?${subject.query}&xong=${fields('lam')}`, 303)
  })
  routes.get(PLAN, async (c) => {
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const { conversation } = await load(app.store, subject.contact)
    const { answers, plan } = conversation
    // Without their yes nobody learns that there is a plan.
    if (!plan || !mayReadPlan(app, c.get('who'), conversation))
      return standingTo(app, c.get('who'), subject, conversation, 'accompany.read').near ? gone(c) : refuse(c)
    await audited(c, 'accompany.read', subject.contact, { about: 'plan', point: subject.point })
    const parts = await Promise.all(
      PLAN_PARTS.map(async (name) => {
        const answer = answers[name]
        const text = answer?.type === 'words' ? await openWords(app.store, app.vault, answer.id) : null
        return { label: PART_WORDS[name], text: text ?? 'chưa ghi' }
      }),
    )
    return c.html(ownPlanPage({ back: raw(`${FORM}?${subject.query}`), parts, changed: writtenDate(plan.changedAt) }))
  })
  return routes

  /** Whom this reader may give: those of the points they write for. */
  function givable(c: C): readonly Supporter[] {
    const { supporters = [], points } = app.directory()
    return supporters.filter(({ point, active }) => {
      const above = points.find(({ id }) => id === point)?.above
      return active && may('accompany.write', c.get('who').member, { point, above })
    })
  }

  function readAction(c: C, fields: (name: string) => string): { action: StaffAction } | { problem: string } {
    switch (fields('lam')) {
      case 'gioi-thieu': {
        const one = givable(c).find(({ id }) => id === fields('supporter'))
        const said = fields('said')
        if (!one) return { problem: 'bạn chọn người đồng hành.' }
        if (said !== 'moi' && said !== 'co') return { problem: 'người ấy đã đồng ý hay chưa hỏi?' }
        return { action: { type: 'assign_supporter', supporter: one.id, heard: said === 'co' } }
      }
      case 'gap':
        if (!isDay(fields('on')) || fields('on') > dayOf(app.now())) return { problem: 'ngày nói chuyện chưa đúng.' }
        return { action: { type: 'supporter_met', on: fields('on') } }
      case 'nhip': {
        const every = RHYTHMS.find((one) => one === fields('every'))
        return every ? { action: { type: 'schedule_supporter', every } } : { problem: 'bạn chọn nhịp hỏi thăm.' }
      }
      case 'thoi':
        return { action: { type: 'end_supporter' } }
      case 'thang': {
        const side = SIDES.find((one) => one === fields('side'))
        const month = months().find((one) => one === fields('month'))
        const given: Partial<Record<ScoreName, Score>> = {}
        for (const name of SCORES) if (/^[0-3]$/.test(fields(name))) given[name] = Number(fields(name)) as Score
        if (!side || !month) return { problem: 'bạn chọn tháng và góc nhìn của ai.' }
        if (Object.keys(given).length === 0) return { problem: 'bạn ghi ít nhất một dòng.' }
        return {
          action: { type: 'note_progress', month, side, scores: given, heard: fields('agreed') === 'yes' },
        }
      }
      default:
        return { problem: 'không rõ bạn muốn làm gì.' }
    }
  }

  /** This month and the two before it. */
  function months(): readonly string[] {
    return [0, 1, 2].map((back) => dayOf(zoned(app.now()).subtract({ months: back }).epochMilliseconds).slice(0, 7))
  }

  async function show(
    c: C,
    subject: Subject,
    problem: string | null,
    status: 200 | 400 | 409 = problem === null ? 200 : 400,
  ): Promise<Response> {
    const who = c.get('who')
    const { conversation } = await load(app.store, subject.contact)
    const { mayOpen, near } = standingTo(app, who, subject, conversation, 'accompany.read')
    if (!mayOpen) return refuse(c)
    await audited(c, 'accompany.read', subject.contact, { point: subject.point })
    const { supporter, consents, walkIn } = conversation
    const rows = await accompanimentOf(app.store, subject.contact)
    const now = rows.find(({ state }) => state === 'assigned')
    const asked = rows.find(({ state }) => state === 'offered')
    const loads = await supporterLoads(app.store)
    const named = (id: string) => (app.directory().supporters ?? []).find((one) => one.id === id)
    const body = now && named(now.supporter)
    const view = {
      reader: readerOf(who),
      formId: randomUUID(),
      path: raw(`${FORM}?${subject.query}`),
      back: subject.back,
      code: subject.code,
      supporter:
        now && supporter
          ? {
              name: body?.name ?? 'Người không còn trong sổ',
              facts: [...(body ? [BODY_WORDS[body.organisation]] : []), ...factsOf(app, now).slice(1)],
              every: supporter.every,
            }
          : null,
      offer: asked ? (named(asked.supporter)?.name ?? null) : null,
      supporters: givable(c)
        .filter(({ id }) => id !== now?.supporter)
        .map(({ id, name, organisation }) => ({
          value: id,
          label: `${name} · ${BODY_WORDS[organisation]} · đang đi cùng ${loads.get(id) ?? 0}`,
        })),
      rhythms: RHYTHMS.map((value) => ({ value, label: RHYTHM_WORDS[value] })),
      today: dayOf(app.now()),
      walkIn: walkIn !== null,
      months: near && consents?.progress ? await monthsOf(subject) : null,
      scores,
      levels,
      sides: SIDES.toReversed().map((value) => ({ value, label: SIDE_WORDS[value] })),
      monthChoices: months().map((value) => ({ value, label: value.split('-').reverse().join('/') })),
      plan: mayReadPlan(app, who, conversation) ? raw(`${PLAN}?${subject.query}`) : null,
      mayWrite: standingTo(app, who, subject, conversation, 'accompany.write').mayOpen,
      problem,
      done: problem === null ? (DONE[c.req.query('xong') ?? ''] ?? null) : null,
    }
    return c.html(accompanyPersonPage(view), status)
  }

  async function monthsOf({ contact }: Subject) {
    const rows = await progressOf(app.store, contact)
    const all = [...new Set(rows.map(({ month }) => month))]
    return all.map((month) => ({
      month: month.split('-').reverse().join('/'),
      rows: rows
        .filter((one) => one.month === month)
        .map((one) => ({
          side: SIDE_WORDS[one.side],
          values: SCORES.map((name) => String(one.scores[name] ?? '–')),
        })),
    }))
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }

  async function gone(c: C): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
  }
}
