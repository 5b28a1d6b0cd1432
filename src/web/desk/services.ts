import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { may, mayEver } from '../../app/permissions.ts'
import { dayOf } from '../../engine/hours.ts'
import { type ServicePlace, serviceState } from '../../engine/referrals/service.ts'
import { bumpingDirectory } from '../../store/directory.ts'
import { allServices, placingService } from '../../store/referrals.ts'
import { readForm } from '../form-fields.ts'
import { type ServiceDraft, serviceFormPage, servicesPage } from '../pages/desk/service.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { midnightOf, writtenDay } from './call-day.ts'
import { idOfForm } from './id-of-form.ts'
import { choicesOf } from './outreach-words.ts'
import { SERVICE_KIND_WORDS } from './referral-words.ts'
import { draftOfService, EMPTY_SERVICE, readServiceForm, serviceDraft } from './service-form.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const LIST = '/desk/noi-dich-vu'
/** After so long somebody should ask the place again. */
const OLD_MS = 180 * 86_400_000

/** Nơi dịch vụ: where people may be introduced to, kept up to date by those who know it. */
export function serviceRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get(LIST, async (c) => {
    const { member } = c.get('who')
    if (!mayEver('service.read', member)) return refuse(c)
    const { calendar } = app.directory()
    const items = (await allServices(app.store)).map((one) => ({
      id: one.id,
      name: one.name,
      kinds: one.kinds.map((kind) => SERVICE_KIND_WORDS[kind]).join(' · '),
      where: one.phone === null ? one.address : `${one.address} · ${one.phone}`,
      state: serviceState(one, calendar, app.now()),
      checked: writtenDay(one.checkedOn),
      missing: [
        ...(one.phone === null ? ['số điện thoại'] : []),
        ...(one.licence === null ? ['giấy phép'] : []),
        ...(midnightOf(one.checkedOn) + OLD_MS < app.now() ? ['lần hỏi lại trong nửa năm'] : []),
      ],
      mayEdit: mayEdit(c, one.point),
    }))
    const done = c.req.query('xong') === 'luu' ? 'Đã lưu.' : null
    return c.html(
      servicesPage({ reader: readerOf(c.get('who')), items, mayAdd: mayEver('service.edit', member), done }),
    )
  })
  routes.get(`${LIST}/moi`, (c) => {
    const own = c.get('who').member.point ?? '-'
    const draft = { ...EMPTY_SERVICE, point: own, checkedOn: dayOf(app.now()) }
    return mayEver('service.edit', c.get('who').member) ? form(c, null, draft, randomUUID(), null) : refuse(c)
  })
  routes.post(`${LIST}/moi`, (c) => (mayEver('service.edit', c.get('who').member) ? save(c, null) : refuse(c)))
  routes.get(`${LIST}/:id`, async (c) => {
    const one = await find(c)
    return one instanceof Response ? one : form(c, one, draftOfService(app, one), randomUUID(), null)
  })
  routes.post(`${LIST}/:id`, async (c) => {
    const one = await find(c)
    return one instanceof Response ? one : save(c, one)
  })
  return routes

  function mayEdit(c: C, point: string | undefined): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may('service.edit', c.get('who').member, { point: point ?? '', above })
  }

  async function find(c: C): Promise<ServicePlace | Response> {
    const one = (await allServices(app.store)).find(({ id }) => id === c.req.param('id'))
    if (!one) return c.html(errorPage(404), 404)
    return mayEdit(c, one.point) ? one : refuse(c)
  }

  async function save(c: C, before: ServicePlace | null): Promise<Response> {
    const sent = await readForm(c)
    const draft = serviceDraft(sent)
    const formId = sent.one('id').slice(0, 100) || randomUUID()
    const read = readServiceForm(
      app,
      draft,
      keepers(c).map(({ value }) => value),
    )
    if ('problem' in read) return form(c, before, draft, formId, read.problem)
    const id = before?.id ?? idOfForm(app, 'service', c.get('who').id, formId)
    const service = { ...read.service, id, sample: before?.sample ?? false }
    const point = service.point ?? null
    await audited(c, 'service.edit', null, { about: id, point }, [
      placingService(service),
      bumpingDirectory(newVersion(app)),
    ])
    return c.redirect(`${LIST}?xong=luu`, 303)
  }

  function keepers(c: C) {
    const points = app.directory().points.filter(({ id }) => mayEdit(c, id))
    const tier = mayEdit(c, undefined) ? [{ value: '-', label: 'Tuyến trên' }] : []
    return [...points.map(({ id, name }) => ({ value: id, label: name })), ...tier]
  }

  async function form(
    c: C,
    before: ServicePlace | null,
    draft: ServiceDraft,
    formId: string,
    problem: string | null,
  ): Promise<Response> {
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      path: `${LIST}/${before?.id ?? 'moi'}`,
      isNew: before === null,
      draft,
      kinds: choicesOf(SERVICE_KIND_WORDS),
      points: keepers(c),
      today: dayOf(app.now()),
      problem,
    }
    return c.html(serviceFormPage(view), problem === null ? 200 : 400)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
