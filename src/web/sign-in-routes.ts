import { type Context, Hono } from 'hono'
import { accept, invitationOf, type Refusal } from '../app/accounts.ts'
import type { App } from '../app/app.ts'
import { acceptReset, resetOf } from '../app/reset.ts'
import { passSecond } from '../app/second-factor.ts'
import { makeKnown, signIn, signOut } from '../app/sign-in.ts'
import { AFFILIATIONS } from '../app/staff-words.ts'
import type { Instant } from '../engine/content.ts'
import type { StaffMember } from '../engine/staff.ts'
import { allPoints } from '../store/directory.ts'
import { type Door, endSession, fromOf, giveKnown, giveSession, readKnown } from './desk-cookies.ts'
import { readForm } from './form-fields.ts'
import { resetPage } from './pages/reset.ts'
import { codePage, goneInvitationPage, invitationPage, signInPage } from './pages/sign-in.ts'
import { homeOf } from './pages/ways.ts'
import { ownPath, staffOf } from './signed-in.ts'

const WRONG = 'Tên đăng nhập hoặc mật khẩu chưa đúng. Bạn thử lại nhé.'
const WRONG_CODE = 'Mã chưa đúng hoặc đã dùng rồi. Bạn đợi mã mới hiện ra rồi nhập lại.'

/** The ways in and out: by name and password, by an invitation, with the code of the second factor. */
export function signInRoutes(app: App, door: Door): Hono {
  const routes = new Hono()

  routes.get('/desk/sign-in', (c) =>
    c.html(signInPage({ next: ownPath(c.req.query('next')), login: '', problem: null })),
  )
  routes.post('/desk/sign-in', async (c) => {
    const form = await readForm(c)
    const [login, next] = [form.one('login').slice(0, 100), ownPath(form.one('next'))]
    const given = { login, password: form.one('password'), known: readKnown(c, door) }
    const result = await signIn(app, given, fromOf(c, door))
    if (result === 'wrong') return c.html(signInPage({ next, login, problem: WRONG }), 401)
    if ('wait' in result)
      return c.html(signInPage({ next, login, problem: patience(result.wait, app.now()) }), 429, {
        'Retry-After': secondsTo(result.wait, app.now()),
      })
    return enter(c, result.token, result.member, next)
  })

  routes.get('/desk/sign-in/code', (c) => c.html(codePage({ next: ownPath(c.req.query('next')), problem: null })))
  routes.post('/desk/sign-in/code', async (c) => {
    const form = await readForm(c)
    const next = ownPath(form.one('next'))
    const result = await passSecond(app, staffOf(c), form.one('code').slice(0, 50), fromOf(c, door))
    if (result === 'wrong') return c.html(codePage({ next, problem: WRONG_CODE }), 401)
    if ('wait' in result) return c.html(codePage({ next, problem: patience(result.wait, app.now()) }), 429)
    return enter(c, result.token, staffOf(c).member, next)
  })

  /** The link that the first start and the operator's command print. */
  routes.get('/desk/setup', (c) =>
    c.redirect(`/desk/invitation?token=${encodeURIComponent(c.req.query('token') ?? '')}`, 303),
  )
  routes.get('/desk/invitation', (c) => showInvitation(c, c.req.query('token') ?? ''))
  routes.post('/desk/invitation', async (c) => {
    const form = await readForm(c)
    const token = form.one('token').slice(0, 100)
    const given = {
      login: form.one('login').slice(0, 100),
      password: form.one('password'),
      shownAs: form.one('shown_as').slice(0, 200),
      affiliation: AFFILIATIONS.find((one) => one === form.one('affiliation')) ?? null,
    }
    const result = await accept(app, token, given, fromOf(c, door))
    if (result === null) return c.html(goneInvitationPage(), 401)
    if ('refused' in result) return showInvitation(c, token, given, result.refused)
    return enter(c, result.token, result.member, '/desk')
  })

  routes.get('/desk/reset', (c) => showReset(c, c.req.query('token') ?? ''))
  routes.post('/desk/reset', async (c) => {
    const form = await readForm(c)
    const token = form.one('token').slice(0, 100)
    const result = await acceptReset(app, token, form.one('password'), fromOf(c, door))
    if (result === null) return c.html(goneInvitationPage(), 401)
    if ('refused' in result) return showReset(c, token, result.refused)
    return enter(c, result.token, result.member, '/desk')
  })

  routes.post('/desk/leave', async (c) => {
    const present = staffOf(c)
    await signOut(app, present, present.from)
    endSession(c, door)
    return c.redirect('/', 303)
  })
  return routes

  /** Whoever has no day at the desk, as an editor, begins at the first page that is theirs. */
  function enter(c: Context, token: string, member: StaffMember, next: string) {
    giveSession(c, door, token)
    giveKnown(c, door, makeKnown(app, member.id))
    return c.redirect(next === '/desk' ? homeOf(member) : next, 303)
  }

  async function showReset(c: Context, token: string, refused: Refusal | null = null) {
    const reset = await resetOf(app, token)
    if (reset === null) return c.html(goneInvitationPage(), 401)
    const problem = refused === null ? null : REFUSALS[refused]
    return c.html(resetPage({ token, login: reset.login, second: reset.second, problem }), refused === null ? 200 : 400)
  }

  async function showInvitation(
    c: Context,
    token: string,
    given: { login: string; shownAs: string; affiliation: string | null } = {
      login: '',
      shownAs: '',
      affiliation: null,
    },
    refused: Refusal | null = null,
  ) {
    const invitation = await invitationOf(app, token)
    if (invitation === null) return c.html(goneInvitationPage(), 401)
    const point = (await allPoints(app.store)).find(({ id }) => id === invitation.point)?.name ?? invitation.point
    const problem = refused === null ? null : REFUSALS[refused]
    const view = { token, invitation, point, problem, given: { ...given, affiliation: given.affiliation ?? '' } }
    return c.html(invitationPage(view), refused === null ? 200 : 400)
  }
}

export const REFUSALS: Readonly<Record<Refusal, string>> = {
  short: 'Mật khẩu cần từ 10 ký tự trở lên.',
  long: 'Mật khẩu dài quá 200 ký tự.',
  common: 'Mật khẩu này nhiều người dùng nên dễ bị đoán. Bạn chọn câu khác nhé.',
  like_login: 'Mật khẩu giống tên đăng nhập quá. Bạn chọn câu khác nhé.',
  login_form: 'Tên đăng nhập cần từ 3 đến 40 ký tự: chữ không dấu, số, dấu chấm, gạch ngang.',
  login_taken: 'Tên đăng nhập này đã có người dùng.',
  name_form: 'Tên gọi dài quá 40 ký tự.',
  no_affiliation: 'Bạn hãy chọn cơ quan, tổ chức của mình.',
}

/** How long to wait, in words; a machine reads it from `Retry-After`. */
export function patience(until: Instant, now: Instant): string {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000))
  const wait = seconds < 60 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`
  return `Đã thử sai nhiều lần. Để an toàn, bạn chờ ${wait} rồi thử lại. Người khác vẫn đăng nhập được bình thường.`
}

function secondsTo(until: Instant, now: Instant): string {
  return String(Math.max(1, Math.ceil((until - now) / 1000)))
}
