import { type Context, Hono } from 'hono'
import { newVersion } from '../app/accounts.ts'
import type { App } from '../app/app.ts'
import { may } from '../app/permissions.ts'
import type { Commune, Point, Switches } from '../engine/facts.ts'
import { openAt } from '../engine/hours.ts'
import { languageOf } from '../engine/language.ts'
import { readPlace } from '../engine/place.ts'
import { mayBeCalled, type StaffMember } from '../engine/staff.ts'
import { USUAL_MINUTES } from '../engine/visits/slots.ts'
import { allPoints, findStaff, placingPoint, placingStaff, readSwitches, setSwitches } from '../store/directory.ts'
import { allGreetings, droppingGreeting, greetingSound, placingGreeting } from '../store/greetings.ts'
import { readForm } from './form-fields.ts'
import { readDays, readWeek, showDays, showWeek } from './hours-form.ts'
import { directoryPage, dutyPage, type PointForm, pointPage, SLOTS } from './pages/directory.ts'
import { errorPage } from './pages/error.ts'
import { refusedPage } from './pages/refused.ts'
import { audited, memberOf } from './signed-in.ts'
import { answerSound, readSound } from './sounds.ts'

const NONE = '-'

/** The points, their hours and days, who is on duty, and the two switches. What is saved holds from the next tick on. */
export function directoryRoutes(app: App): Hono {
  const routes = new Hono()

  routes.get('/desk/directory', async (c) => {
    const member = memberOf(c)
    const { calendar, staff } = app.directory()
    const switches = await readSwitches(app.store)
    const now = app.now()
    const points = (await allPoints(app.store)).map((point) => ({
      point,
      mayEdit: mayEdit(member, point.id),
      onDuty: staff.filter(
        (one) => mayBeCalled(one, false) && one.point === point.id && openAt(one.duty ?? point, calendar, now),
      ),
    }))
    return c.html(directoryPage({ member, points, switches, maySwitch: may('switch.sending', member), calendar, now }))
  })

  routes.post('/desk/directory/switches', async (c) => {
    if (!may('switch.sending', memberOf(c))) return c.html(refusedPage(memberOf(c)), 403)
    const form = await readForm(c)
    const name = (['noUnprompted', 'onlyHuman'] as const).find((one) => one === form.one('name'))
    if (!name) return c.html(errorPage(400), 400)
    const switches: Switches = { ...(await readSwitches(app.store)), [name]: form.one('on') === 'yes' }
    await audited(c, 'switch.sending', null, { about: `${name}:${switches[name] ? 'on' : 'off'}` })
    await app.store.batch(setSwitches(switches, newVersion(app)))
    return c.redirect('/desk/directory', 303)
  })

  routes.get('/desk/directory/:id', async (c) => {
    const point = await editable(c, c.req.param('id'))
    return point instanceof Response ? point : show(c, point, formOf(point), null)
  })
  routes.post('/desk/directory/:id', async (c) => {
    const point = await editable(c, c.req.param('id'))
    if (point instanceof Response) return point
    const form = await typed(c)
    const read = readPoint(form, point)
    if ('problem' in read) return show(c, point, form, read.problem)
    await audited(c, 'directory.edit', null, { about: point.id, point: point.id })
    await app.store.batch(placingPoint(read.value, newVersion(app)))
    return c.redirect('/desk/directory', 303)
  })

  routes.get('/desk/directory/:id/greeting', async (c) => {
    const sound = await greetingSound(app.store, c.req.query('ma') ?? '')
    return sound ? answerSound(c, sound) : c.html(errorPage(404), 404)
  })
  routes.post('/desk/directory/:id/greeting', async (c) => {
    const point = await editable(c, c.req.param('id'))
    if (point instanceof Response) return point
    const form = await readForm(c)
    const transcript = form.one('transcript').normalize('NFC').trim()
    const language = languageOf(form.one('language'))
    const { sound } = (await c.req.parseBody().catch(() => ({}))) as { sound?: unknown }
    const refuse = (problem: string) => show(c, point, formOf(point), `Chưa lưu lời chào: ${problem}`)
    if (!language) return refuse('bạn chọn tiếng.')
    if (transcript === '' || transcript.length > 500)
      return refuse('ghi lại lời ấy nói gì bằng tiếng Việt, tối đa 500 ký tự.')
    const recording = await readSound(sound)
    if ('problem' in recording) return refuse(recording.problem)
    const writes = placingGreeting(
      { point: point.id, language: language.id, transcript, ...recording },
      newVersion(app),
    )
    await audited(c, 'greeting.put', null, { about: `${point.id}:${language.id}`, point: point.id }, writes)
    return c.redirect(`/desk/directory/${point.id}#loi-chao`, 303)
  })
  routes.post('/desk/directory/:id/ungreet', async (c) => {
    const point = await editable(c, c.req.param('id'))
    if (point instanceof Response) return point
    const id = (await readForm(c)).one('greeting')
    if (id.startsWith(`${point.id}:`))
      await audited(c, 'greeting.removed', null, { about: id, point: point.id }, droppingGreeting(id, newVersion(app)))
    return c.redirect(`/desk/directory/${point.id}#loi-chao`, 303)
  })

  routes.get('/desk/rota/:id', async (c) => {
    const about = await rostered(c, c.req.param('id'))
    if (about instanceof Response) return about
    const { duty } = about
    const week = showWeek(duty?.shifts ?? [])
    const days = showDays(duty?.exceptions ?? [])
    return c.html(dutyPage({ member: memberOf(c), about, always: duty === null, week, days, problem: null }))
  })
  routes.post('/desk/rota/:id', async (c) => {
    const about = await rostered(c, c.req.param('id'))
    if (about instanceof Response) return about
    const form = await readForm(c)
    const lines = weekIn(form)
    const always = form.one('always') === 'yes'
    const [week, days] = [readWeek(lines), readDays(form.one('days'))]
    const problem = 'problem' in week ? week.problem : 'problem' in days ? days.problem : null
    if (!always && problem !== null) {
      const view = { member: memberOf(c), about, always, week: lines, days: form.one('days'), problem }
      return c.html(dutyPage(view), 400)
    }
    const duty =
      always || 'problem' in week || 'problem' in days ? null : { shifts: week.value, exceptions: days.value }
    await audited(c, 'rota.edit', null, { about: about.id, point: about.point })
    await app.store.batch(placingStaff({ ...about, duty }, newVersion(app)))
    return c.redirect('/desk/staff', 303)
  })
  return routes

  async function editable(c: Context, id: string): Promise<Point | Response> {
    const point = (await allPoints(app.store)).find((one) => one.id === id)
    if (!point) return c.html(errorPage(404), 404)
    return mayEdit(memberOf(c), id) ? point : c.html(refusedPage(memberOf(c)), 403)
  }

  async function rostered(c: Context, id: string): Promise<StaffMember | Response> {
    const about = await findStaff(app.store, id)
    if (!about?.active) return c.html(errorPage(404), 404)
    return may('rota.edit', memberOf(c), { point: about.point }) ? about : c.html(refusedPage(memberOf(c)), 403)
  }

  async function show(c: Context, point: Point, form: PointForm, problem: string | null) {
    const others = (await allPoints(app.store)).filter(({ id }) => id !== point.id)
    const greetings = (await allGreetings(app.store)).filter((one) => one.point === point.id)
    const view = { member: memberOf(c), id: point.id, form, others, greetings, problem }
    return c.html(pointPage(view), problem === null ? 200 : 400)
  }

  function formOf(point: Point): PointForm {
    const names = point.communes.map((id) => {
      const commune = app.directory().communes.find((one) => one.id === id)
      return commune ? fullName(commune) : id
    })
    return {
      name: point.name,
      address: point.address,
      phone: point.phone ?? '',
      nightPhone: point.nightPhone ?? '',
      communes: names.join('\n'),
      week: showWeek(point.shifts),
      days: showDays(point.exceptions ?? []),
      above: point.above ?? NONE,
      byPhone: point.answerByPhone === true,
      places: String(point.places ?? 1),
      slotMinutes: String(point.slotMinutes ?? USUAL_MINUTES),
      asksAfterMiss: point.asksAfterMiss === true,
    }
  }

  /** What was typed as a point, or the first thing in it that is wrong. */
  function readPoint(form: PointForm, before: Point): { value: Point } | { problem: string } {
    const [week, days] = [readWeek(form.week), readDays(form.days)]
    if (form.name === '' || form.name.length > 60) return { problem: 'Tên điểm cần có từ 1 đến 60 ký tự.' }
    if (form.address === '' || form.address.length > 120) return { problem: 'Địa chỉ cần có từ 1 đến 120 ký tự.' }
    if (before.sample && !form.name.includes('MẪU')) return { problem: 'Tên của dữ liệu mẫu phải giữ chữ “MẪU”.' }
    if ('problem' in week) return week
    if ('problem' in days) return days
    if (!/^[1-9]$|^[12]\d$/.test(form.places)) return { problem: 'Số người tiếp cùng lúc là một số từ 1 đến 29.' }
    if (!SLOTS.some((one) => one === form.slotMinutes)) return { problem: 'Bạn chọn lại mỗi lịch kéo dài bao lâu.' }
    const communes: string[] = []
    for (const line of form.communes.split('\n').map((one) => one.trim())) {
      if (line === '') continue
      // As this page shows it: the full name means one place, though people may mean more by it.
      const exact = app.directory().communes.find((one) => fullName(one) === line.normalize('NFC'))
      const place = exact ? { type: 'commune' as const, id: exact.id } : readPlace(line, app.directory())
      if (place.type === 'several') return { problem: `“${line}” là nhiều nơi. Hãy thêm tên tỉnh sau dấu phẩy.` }
      if (place.type !== 'commune') return { problem: `Không có xã, phường “${line}”.` }
      if (!communes.includes(place.id)) communes.push(place.id)
    }
    const { nightPhone: _, ...kept } = before
    return {
      value: {
        ...kept,
        name: form.name,
        address: form.address,
        phone: form.phone === '' ? null : form.phone,
        communes,
        shifts: week.value,
        exceptions: days.value,
        above: form.above === NONE ? null : form.above,
        answerByPhone: form.byPhone,
        places: Number(form.places),
        slotMinutes: Number(form.slotMinutes),
        asksAfterMiss: form.asksAfterMiss,
        ...(form.nightPhone === '' ? {} : { nightPhone: form.nightPhone }),
      },
    }
  }
}

const fullName = ({ name, province }: Commune) => `${name}, ${province}`

function mayEdit(member: StaffMember, point: string): boolean {
  return may('directory.edit', member, { point }) || may('directory.edit', member)
}

function weekIn(form: { one(name: string): string }): readonly string[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => form.one(`d${weekday}`).trim())
}

async function typed(c: Context): Promise<PointForm> {
  const form = await readForm(c)
  const one = (name: string) => form.one(name).trim()
  return {
    name: one('name'),
    address: one('address'),
    phone: one('phone'),
    nightPhone: one('nightPhone'),
    communes: one('communes'),
    week: weekIn(form),
    days: one('days'),
    above: one('above'),
    byPhone: one('byPhone') === 'yes',
    places: one('places'),
    slotMinutes: one('slotMinutes'),
    asksAfterMiss: one('asksAfterMiss') === 'yes',
  }
}
