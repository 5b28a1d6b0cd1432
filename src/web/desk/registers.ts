import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { dayOf } from '../../engine/hours.ts'
import {
  isRegisterCode,
  REGISTER_COLUMNS,
  REGISTERS,
  type Register,
  type RegisterLine,
} from '../../engine/registers.ts'
import { addingLine, type LineRow, linesBetween, readLine, withdrawingLine } from '../../store/registers.ts'
import { type RegisterView, registerBookPage, registerPage } from '../pages/desk/register.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { isDay, writtenDay } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { idOfForm } from './id-of-form.ts'
import { NUMBER_WORDS, REGISTER_WORDS } from './register-words.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const BOOK = '/desk/so-theo-doi'
const DONE: Readonly<Record<string, string>> = { ghi: 'Đã ghi.', rut: 'Đã rút, không đếm nữa.' }
const MOST = 100_000

/** Sổ theo dõi: counts that the plans ask for, entered by staff, printed as the paper book. */
export function registerRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const bookOf = (c: C): Register => REGISTERS.find((one) => one === c.req.query('so')) ?? 'follow_up'

  routes.get(BOOK, (c) => show(c, bookOf(c), () => '', null))
  routes.get(`${BOOK}/in`, async (c) => {
    if (!mayEver('outreach.read', c.get('who').member)) return refuse(c)
    const view = await viewOf(c, bookOf(c))
    const rows = view.rows.filter(({ withdrawn }) => !withdrawn)
    const period = `Từ ${writtenDay(view.from)} đến hết ${writtenDay(view.to)}`
    return c.html(registerBookPage({ ...view, rows, period, back: `${BOOK}?so=${view.register}` }))
  })
  routes.post(`${BOOK}/moi`, async (c) => {
    const fields = await fieldsOf(c)
    const register = bookOf(c)
    const text = (name: string) => fields(name).normalize('NFC').trim()
    if (!allowed(c, 'outreach.write', text('point'))) return refuse(c)
    const read = readLineForm(register, text)
    if ('problem' in read) return show(c, register, text, `Chưa ghi: ${read.problem}`)
    const { member } = c.get('who')
    const id = idOfForm(app, 'register', member.id, fields('id').slice(0, 100) || randomUUID())
    await audited(c, 'outreach.write', null, { about: id, point: read.line.point }, [
      addingLine({ ...read.line, id, by: member.id, at: app.now() }),
    ])
    return c.redirect(`${BOOK}?so=${register}&xong=ghi`, 303)
  })
  routes.post(`${BOOK}/rut`, async (c) => {
    const row = await readLine(app.store, (await fieldsOf(c))('one'))
    if (!row) return c.html(errorPage(404), 404)
    if (!allowed(c, 'outreach.write', row.point)) return refuse(c)
    await audited(c, 'outreach.write', null, { about: row.id, point: row.point }, [
      withdrawingLine(row.id, c.get('who').id),
    ])
    return c.redirect(`${BOOK}?so=${row.register}&xong=rut`, 303)
  })
  return routes

  function allowed(c: C, action: Action, point: string): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(action, c.get('who').member, { point, above })
  }

  function pointsFor(c: C, action: Action) {
    return app.directory().points.filter(({ id }) => allowed(c, action, id))
  }

  function readLineForm(
    register: Register,
    text: (name: string) => string,
  ): { line: Omit<RegisterLine, 'id'> } | { problem: string } {
    const [day, code, service] = [text('day'), text('code').toUpperCase(), text('service')]
    if (!isDay(day)) return { problem: `không có ngày “${day}” trong lịch.` }
    if (day > dayOf(app.now())) return { problem: `ngày ${writtenDay(day)} chưa tới.` }
    if (code !== '' && !isRegisterCode(code))
      return { problem: `“${code}” chưa phải mã: mã có chữ không dấu, số, gạch nối, và ít nhất một chữ số.` }
    const numbers: Record<string, number> = {}
    for (const name of REGISTER_COLUMNS[register]) {
      const typed = text(name)
      if (!/^\d{1,6}$/.test(typed) || Number(typed) > MOST)
        return { problem: `“${NUMBER_WORDS[name]}” là một số từ 0 đến ${MOST}.` }
      numbers[name] = Number(typed)
    }
    if ((numbers.complete ?? 0) > (numbers.known ?? Number.POSITIVE_INFINITY))
      return { problem: 'số hồ sơ đủ không thể nhiều hơn số người điểm biết.' }
    const known = (app.directory().services ?? []).some(({ id }) => id === service)
    if (register === 'licence' && !known) return { problem: 'bạn chọn nơi dịch vụ.' }
    return {
      line: { point: text('point'), register, day, code, service: register === 'licence' ? service : '', numbers },
    }
  }

  async function viewOf(c: C, register: Register): Promise<RegisterView> {
    const today = dayOf(app.now())
    const given = (name: string, otherwise: string) => {
      const day = c.req.query(name) ?? ''
      return isDay(day) ? day : otherwise
    }
    const [from, to] = [given('tu', `${today.slice(0, 5)}01-01`), given('den', today)]
    const points = pointsFor(c, 'outreach.read').map(({ id }) => id)
    const rows = await linesBetween(app.store, register, points, from, to)
    const names = REGISTER_COLUMNS[register]
    const counted = rows.filter(({ withdrawnBy }) => withdrawnBy === null)
    const sum = (name: string) => String(counted.reduce((all, { numbers }) => all + (numbers[name] ?? 0), 0))
    return {
      register,
      ...REGISTER_WORDS[register],
      columns: [
        'Ngày',
        'Điểm',
        register === 'licence' ? 'Nơi dịch vụ' : 'Mã',
        ...names.map((name) => NUMBER_WORDS[name] ?? name),
      ],
      rows: rows.map((row) => ({
        id: row.id,
        cells: [
          writtenDay(row.day),
          app.directory().points.find(({ id }) => id === row.point)?.name ?? row.point,
          aboutOf(row),
          ...names.map((name) => String(row.numbers[name] ?? '')),
        ],
        withdrawn: row.withdrawnBy !== null,
        mayWithdraw: row.withdrawnBy === null && allowed(c, 'outreach.write', row.point),
      })),
      sums: names.length === 0 ? [] : ['Cộng', '', '', ...names.map(sum)],
      from,
      to,
    }
  }

  function aboutOf({ register, service, code }: LineRow): string {
    if (register !== 'licence') return code === '' ? 'gộp' : code
    return (app.directory().services ?? []).find(({ id }) => id === service)?.name ?? 'nơi không còn trong danh bạ'
  }

  async function show(
    c: C,
    register: Register,
    typed: (name: string) => string,
    problem: string | null,
  ): Promise<Response> {
    const who = c.get('who')
    if (!mayEver('outreach.read', who.member)) return refuse(c)
    const today = dayOf(app.now())
    const first = (name: string) => (name === 'day' ? today : name === 'point' ? (who.member.point ?? '') : '')
    const view = {
      ...(await viewOf(c, register)),
      reader: readerOf(who),
      formId: randomUUID(),
      books: REGISTERS.map((value) => ({ value, label: REGISTER_WORDS[value].title })),
      points: pointsFor(c, 'outreach.write').map(({ id, name }) => ({ value: id, label: name })),
      services: (app.directory().services ?? []).map(({ id, name }) => ({ value: id, label: name })),
      numbers: REGISTER_COLUMNS[register].map((name) => ({ name, label: NUMBER_WORDS[name] ?? name })),
      draft: problem === null ? first : typed,
      today,
      problem,
      done: problem === null ? (DONE[c.req.query('xong') ?? ''] ?? null) : null,
    }
    return c.html(registerPage(view), problem === null ? 200 : 400)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
