import { type Context, Hono } from 'hono'
import { changePassword, revoke } from '../app/accounts.ts'
import type { App } from '../app/app.ts'
import { changeLanguages, changeName, NAME_LIMIT, nameOf } from '../app/colleagues.ts'
import { needsSecond } from '../app/permissions.ts'
import { acceptSecond, offerSecond, renewCodes, reopenOffer } from '../app/second-factor.ts'
import { proveAgain } from '../app/sign-in.ts'
import { makeLinkCode } from '../app/staff-phone-link.ts'
import { countCodes } from '../store/accounts.ts'
import { phonesOf, unlinking } from '../store/staff-phones.ts'
import { sessionsOf } from '../store/staff-sessions.ts'
import { type Door, giveSession } from './desk-cookies.ts'
import { readForm } from './form-fields.ts'
import { accountPage, codesPage, phonePage, secondFactorPage } from './pages/account.ts'
import { proofPage } from './pages/sign-in.ts'
import { patience, REFUSALS } from './sign-in-routes.ts'
import { audited, ownPath, requireProof, SETUP_SECOND, staffOf } from './signed-in.ts'

/** One's own account: password, second factor, recovery codes, where one is signed in. */
export function accountRoutes(app: App, door: Door): Hono {
  const routes = new Hono()

  routes.get('/desk/account', (c) => show(c))
  routes.post('/desk/account/password', async (c) => {
    const form = await readForm(c)
    const present = staffOf(c)
    const given = { old: form.one('old'), fresh: form.one('fresh') }
    const result = await changePassword(app, present, given, present.from)
    if (result === 'changed') return show(c, { done: 'Đã đổi mật khẩu. Các nơi khác đã thoát.' })
    if (result === 'wrong') return show(c, { problem: 'Mật khẩu hiện nay chưa đúng.', status: 401 })
    if (typeof result === 'object') return show(c, { problem: patience(result.wait, app.now()), status: 429 })
    return show(c, { problem: REFUSALS[result], status: 400 })
  })
  routes.post('/desk/account/name', async (c) => {
    const { member, from } = staffOf(c)
    const name = nameOf((await readForm(c)).one('shown_as'))
    if (await changeName(app, member, name, from)) return c.redirect('/desk/account', 303)
    return show(c, { problem: `Chưa đổi: tên gọi dài quá ${NAME_LIMIT} ký tự.`, status: 400 })
  })
  routes.post('/desk/account/languages', async (c) => {
    const { member, from } = staffOf(c)
    await changeLanguages(app, member, (await readForm(c)).all('languages'), from)
    return c.redirect('/desk/account', 303)
  })
  routes.post('/desk/account/revoke', async (c) => {
    const present = staffOf(c)
    await revoke(app, present, (await readForm(c)).one('session'), present.from)
    return c.redirect('/desk/account', 303)
  })

  routes.get('/desk/account/proof', (c) => c.html(proofPage({ next: ownPath(c.req.query('next')), problem: null })))
  routes.post('/desk/account/proof', async (c) => {
    const form = await readForm(c)
    const next = ownPath(form.one('next'))
    const present = staffOf(c)
    const result = await proveAgain(app, present, form.one('password'), present.from)
    if (result === 'wrong') return c.html(proofPage({ next, problem: 'Mật khẩu chưa đúng.' }), 401)
    if ('wait' in result) return c.html(proofPage({ next, problem: patience(result.wait, app.now()) }), 429)
    giveSession(c, door, result.token)
    return c.redirect(next, 303)
  })

  // A new second factor, new recovery codes and a phone let somebody in: whoever only found the browser open gets none.
  routes.use(SETUP_SECOND, requireProof(app))
  routes.use('/desk/account/codes', requireProof(app))
  routes.use('/desk/account/phone', requireProof(app))
  routes.get(SETUP_SECOND, async (c) => showOffer(c, await offerSecond(app, staffOf(c)), null))
  routes.post(SETUP_SECOND, async (c) => {
    const form = await readForm(c)
    const present = staffOf(c)
    const sealed = form.one('sealed')
    const result = await acceptSecond(app, present, { sealed, code: form.one('code').slice(0, 20) }, present.from)
    if (result === 'wrong') {
      const offer = (await reopenOffer(app, present, sealed)) ?? (await offerSecond(app, present))
      return showOffer(c, offer, 'Mã chưa khớp. Bạn xem giờ trên điện thoại có đúng không, rồi nhập mã mới nhất.')
    }
    giveSession(c, door, result.token)
    return c.html(codesPage(present.member, result.codes))
  })
  // Reached again by the question for the password, which can only lead to a page.
  routes.get('/desk/account/codes', (c) => c.redirect('/desk/account', 303))
  routes.post('/desk/account/codes', async (c) => {
    const present = staffOf(c)
    return c.html(codesPage(present.member, await renewCodes(app, present, present.from)))
  })
  routes.get('/desk/account/unlink', (c) => c.redirect('/desk/account', 303))
  routes.post('/desk/account/unlink', async (c) => {
    const wanted = (await readForm(c)).one('phone')
    const phone = (await phonesOf(app.store, staffOf(c).member.id)).find(({ address }) => address === wanted)
    if (phone) await audited(c, 'phone.unlinked', null, {}, unlinking(phone, app.now()))
    return c.redirect('/desk/account', 303)
  })
  routes.get('/desk/account/phone', (c) => c.redirect('/desk/account', 303))
  routes.post('/desk/account/phone', async (c) => {
    const { member } = staffOf(c)
    await audited(c, 'phone.code')
    return c.html(phonePage(member, await makeLinkCode(app, member.id)))
  })
  return routes

  async function show(
    c: Context,
    {
      problem = null,
      done = null,
      status = 200,
    }: { problem?: string | null; done?: string | null; status?: 200 | 400 | 401 | 429 } = {},
  ) {
    const { member, login, hasSecond, session } = staffOf(c)
    const view = { member, login, hasSecond, present: session.token, now: app.now(), problem, done }
    const sessions = await sessionsOf(app.store, member.id, app.now())
    const phones = await phonesOf(app.store, member.id)
    const codesLeft = await countCodes(app.store, member.id)
    return c.html(accountPage({ ...view, sessions, phones, codesLeft }), status)
  }

  async function showOffer(c: Context, offer: { secret: string; uri: string; sealed: string }, problem: string | null) {
    const { member, hasSecond } = staffOf(c)
    const { renderSVG } = await import('uqr')
    const view = { member, ...offer, picture: renderSVG(offer.uri, { border: 3 }), problem }
    const page = secondFactorPage({ ...view, needed: needsSecond(member) && !hasSecond })
    return c.html(page, problem === null ? 200 : 400)
  }
}
