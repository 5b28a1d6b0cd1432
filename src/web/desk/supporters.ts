import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { type About, may, mayEver } from '../../app/permissions.ts'
import { SUPPORTER_BODIES, type Supporter } from '../../engine/accompany/supporter.ts'
import { readPhone, showPhone } from '../../engine/phone.ts'
import { isSupporterTied, placingSupporter, supporterLoads } from '../../store/accompany.ts'
import { bumpingDirectory } from '../../store/directory.ts'
import { type SupporterDraft, supporterFormPage, supportersPage } from '../pages/desk/supporters.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { BODY_WORDS } from './accompany-words.ts'
import { fieldsOf } from './field.ts'
import { idOfForm } from './id-of-form.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const LIST = '/desk/nguoi-do-dau'

/** Người đồng hành: who may walk beside people of a point. Their names are the house's, and people read them. */
export function supporterRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get(LIST, async (c) => {
    const { member } = c.get('who')
    if (!mayEver('supporter.read', member)) return refuse(c)
    const { supporters = [], points } = app.directory()
    const loads = await supporterLoads(app.store)
    const items = supporters
      .filter((one) => may('supporter.read', member, about(one.point)))
      .toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'vi'))
      .map((one) => ({
        id: one.id,
        name: one.name,
        facts: [
          BODY_WORDS[one.organisation],
          points.find(({ id }) => id === one.point)?.name ?? one.point,
          `đang đi cùng ${loads.get(one.id) ?? 0} người`,
          ...(one.phone === null ? [] : [showPhone(one.phone)]),
          ...(one.active ? [] : ['đã nghỉ']),
        ],
        mayEdit: may('supporter.edit', member, about(one.point)),
      }))
    const done = c.req.query('xong') === 'luu' ? 'Đã lưu.' : null
    const mayAdd = mayEver('supporter.edit', member)
    return c.html(supportersPage({ reader: readerOf(c.get('who')), items, mayAdd, done }))
  })
  routes.get(`${LIST}/moi`, (c) => {
    if (!mayEver('supporter.edit', c.get('who').member)) return refuse(c)
    const point = pointsFor(c)[0]?.id ?? ''
    return form(c, null, { name: '', organisation: '', point, phone: '', active: true }, randomUUID(), null)
  })
  routes.post(`${LIST}/moi`, (c) => (mayEver('supporter.edit', c.get('who').member) ? save(c, null) : refuse(c)))
  routes.get(`${LIST}/:id/sua`, async (c) => {
    const found = await find(c)
    if (found instanceof Response) return found
    const { name, organisation, point, phone, active } = found
    return form(c, found, { name, organisation, point, phone: phone ?? '', active }, randomUUID(), null)
  })
  routes.post(`${LIST}/:id/sua`, async (c) => {
    const found = await find(c)
    return found instanceof Response ? found : save(c, found)
  })
  return routes

  function about(point: string): About {
    return { point, above: app.directory().points.find(({ id }) => id === point)?.above }
  }

  function pointsFor(c: C) {
    return app.directory().points.filter(({ id }) => may('supporter.edit', c.get('who').member, about(id)))
  }

  async function find(c: C): Promise<Supporter | Response> {
    const found = (app.directory().supporters ?? []).find(({ id }) => id === c.req.param('id'))
    if (!found) return c.html(errorPage(404), 404)
    if (may('supporter.edit', c.get('who').member, about(found.point))) return found
    await audited(c, 'refused', null, { about: found.id, point: found.point })
    return refuse(c)
  }

  async function save(c: C, before: Supporter | null): Promise<Response> {
    const fields = await fieldsOf(c)
    const formId = fields('id').slice(0, 100) || randomUUID()
    const draft: SupporterDraft = {
      name: fields('name').normalize('NFC').trim(),
      organisation: fields('organisation'),
      point: fields('point'),
      phone: fields('phone').trim(),
      active: fields('active') === 'yes',
    }
    const refused = (words: string) => form(c, before, draft, formId, `Chưa lưu: ${words}`)
    const organisation = SUPPORTER_BODIES.find((one) => one === draft.organisation)
    if (draft.name.length < 2 || draft.name.length > 60) return refused('tên dài từ 2 đến 60 ký tự.')
    if (!organisation) return refused('bạn chọn tổ chức.')
    if (!pointsFor(c).some(({ id }) => id === draft.point)) return refused('bạn chọn một điểm mình phụ trách.')
    const phone = draft.phone === '' ? null : readPhone(draft.phone)
    if (draft.phone !== '' && phone === null) return refused('số điện thoại chưa đúng.')
    // Somebody said yes to, or is reading, exactly this name, body and point.
    const other = before?.name !== draft.name || before.organisation !== organisation || before.point !== draft.point
    if (before && other && (await isSupporterTied(app.store, before.id)))
      return refused(
        'đang có người đi cùng hoặc được hỏi ý với đúng tên, tổ chức và điểm này, nên chưa đổi được. Bạn ghi một người mới rồi giới thiệu lại; số điện thoại và việc cho nghỉ vẫn đổi được.',
      )
    const one: Supporter = {
      id: before?.id ?? `ndh-${idOfForm(app, 'supporter', formId)}`,
      name: draft.name,
      organisation,
      point: draft.point,
      phone,
      active: draft.active,
    }
    await audited(c, 'supporter.edit', null, { about: one.id, point: one.point }, [
      placingSupporter(one),
      bumpingDirectory(newVersion(app)),
    ])
    return c.redirect(`${LIST}?xong=luu`, 303)
  }

  async function form(
    c: C,
    before: Supporter | null,
    draft: SupporterDraft,
    formId: string,
    problem: string | null,
  ): Promise<Response> {
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      path: before ? `${LIST}/${before.id}/sua` : `${LIST}/moi`,
      isNew: before === null,
      draft,
      bodies: SUPPORTER_BODIES.map((value) => ({ value, label: BODY_WORDS[value] })),
      points: pointsFor(c).map(({ id, name }) => ({ value: id, label: name })),
      problem,
    }
    return c.html(supporterFormPage(view), problem === null ? 200 : 400)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
