import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { wordsOfHouse } from '../../app/part.ts'
import { may } from '../../app/permissions.ts'
import type { HeardRequest } from '../../engine/conversation.ts'
import { TREATMENT_FORMS, WHOM } from '../../engine/enrolment/enrolment.ts'
import { enrolmentOfContact } from '../../store/enrolments.ts'
import { type EnrolmentDraft, enrolmentFormPage } from '../pages/desk/enrolment-form.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { refusedPage } from '../pages/refused.ts'
import { AGE_WORDS, NEED_WORDS, TREATMENT_WORDS, WHOM_WORDS } from './enrolment-words.ts'
import { fieldsOf } from './field.ts'
import { readSubject, type Subject } from './subject.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const FORM = '/desk/dang-ky/moi'
const NAME_LIMIT = 60

/** A request that somebody makes in person; it goes the same way, and says the same, as one from the chat. */
export function enrolmentFormRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const subjectOf = (c: C) => readSubject(app, c.get('who'), (name) => c.req.query(name) ?? '')

  routes.get(FORM, async (c) => {
    const subject = await subjectOf(c)
    return subject ? form(c, subject, EMPTY, null) : gone(c)
  })
  routes.post(FORM, async (c) => {
    const fields = await fieldsOf(c)
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const draft: EnrolmentDraft = {
      whom: fields('whom'),
      form: fields('form'),
      point: fields('point'),
      name: fields('name').normalize('NFC').trim().slice(0, NAME_LIMIT),
      age: fields('age'),
      need: fields('need'),
      home: fields('home'),
      relative: fields('relative') === 'yes',
      agreed: fields('agreed') === 'yes',
    }
    const read = readDraft(c, draft)
    if ('problem' in read) return form(c, subject, draft, `Chưa ghi: ${read.problem}`)
    const does = { action: { type: 'enrol_request', ...read }, form: fields('id'), called: 'enrolment.write' } as const
    const reason = await actOnVisit(app, c, subject, { ...does, point: read.request.point })
    if (reason !== null)
      return form(
        c,
        subject,
        draft,
        reason === 'enrolment_open'
          ? 'Chưa ghi: người này đã có một yêu cầu đang mở.'
          : 'Chưa ghi: cuộc này vừa thay đổi. Bạn mở lại.',
        409,
      )
    const made = await enrolmentOfContact(app.store, subject.contact)
    return c.redirect(made ? `/desk/dang-ky/${made.id}?xong=buoc` : '/desk/dang-ky', 303)
  })
  return routes

  function pointsFor(c: C) {
    return app
      .directory()
      .points.filter(({ id, above }) => may('enrolment.write', c.get('who').member, { point: id, above }))
  }

  function readDraft(c: C, draft: EnrolmentDraft): { request: HeardRequest } | { problem: string } {
    const whom = WHOM.find((one) => one === draft.whom)
    const way = TREATMENT_FORMS.find((one) => one === draft.form)
    const point = pointsFor(c).find(({ id }) => id === draft.point)
    if (!draft.agreed) return { problem: 'đọc cả hai phần, hỏi, và chỉ đánh dấu khi người ấy nói đồng ý.' }
    if (!whom) return { problem: 'bạn chọn hỏi cho ai.' }
    if (!way) return { problem: 'bạn chọn cách mong muốn, hoặc “Chưa chọn cách”.' }
    if (!point) return { problem: 'bạn chọn điểm nhận.' }
    const age = whom === 'minh' && draft.age in AGE_WORDS ? { age_band: draft.age } : {}
    const need = draft.need in NEED_WORDS ? { need_today: draft.need } : {}
    const home = draft.home === 'no' ? { no_home: 'khong-on-dinh' } : {}
    return {
      request: {
        point: point.id,
        whom,
        form: way,
        name: draft.name,
        codes: { ...age, ...need, ...home },
        relativeMayKnow: whom === 'minh' && draft.relative,
      },
    }
  }

  async function form(
    c: C,
    subject: Subject,
    draft: EnrolmentDraft,
    problem: string | null,
    status: 200 | 400 | 409 = problem === null ? 200 : 400,
  ): Promise<Response> {
    const points = pointsFor(c)
    if (points.length === 0) return c.html(refusedPage(c.get('who').member), 403)
    const list = (of: Readonly<Record<string, string>>) =>
      Object.entries(of).map(([value, label]) => ({ value, label: label.charAt(0).toUpperCase() + label.slice(1) }))
    const view = {
      reader: readerOf(c.get('who')),
      formId: randomUUID(),
      path: raw(`${FORM}?${subject.query}`),
      back: subject.back,
      code: subject.code,
      before: wordsOfHouse(app, 'dang-ky.truoc-khi'),
      notice: wordsOfHouse(app, 'dang-ky.thong-bao'),
      noticeOfParent: wordsOfHouse(app, 'dang-ky.thong-bao-con'),
      whoms: list(WHOM_WORDS),
      forms: list(TREATMENT_WORDS),
      points: points.map(({ id, name }) => ({ value: id, label: name })),
      ages: list(AGE_WORDS),
      needs: list(NEED_WORDS),
      draft: { ...draft, point: draft.point || (subject.point ?? '') },
      problem,
    }
    return c.html(enrolmentFormPage(view), status)
  }

  async function gone(c: C): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
  }
}

const EMPTY: EnrolmentDraft = {
  whom: 'minh',
  form: '',
  point: '',
  name: '',
  age: 'khong-noi',
  need: 'khong',
  home: '',
  relative: false,
  agreed: false,
}
