import { type Context, Hono } from 'hono'
import { invite, openInvitations, withdrawInvitation } from '../app/accounts.ts'
import type { App } from '../app/app.ts'
import { changePlace, changeRoles, deactivate, NAME_LIMIT, nameOf } from '../app/colleagues.ts'
import { MAY_GIVE, mayManage } from '../app/permissions.ts'
import { offerReset } from '../app/reset.ts'
import { AFFILIATIONS, ROLES } from '../app/staff-words.ts'
import type { Role, StaffMember } from '../engine/staff.ts'
import { allPoints, allStaff, findStaff } from '../store/directory.ts'
import { readForm } from './form-fields.ts'
import { errorPage } from './pages/error.ts'
import { ABOVE, memberPage } from './pages/member.ts'
import { resetLinkPage } from './pages/reset.ts'
import { invitedPage, staffPage } from './pages/staff.ts'
import { audited, memberOf, requireMay, requireProof, staffOf } from './signed-in.ts'

/** Who works here: the list, invitations, and, after the password once more, roles and the end of an account. */
export function staffRoutes(app: App): Hono {
  const routes = new Hono()
  routes.use('/desk/staff/*', requireMay('staff.invite'))

  routes.get('/desk/staff', (c) => list(c))
  routes.get('/desk/staff/invite', (c) => c.redirect('/desk/staff#moi', 303))
  routes.post('/desk/staff/invite', async (c) => {
    const form = await readForm(c)
    const { member, from } = staffOf(c)
    const affiliation = AFFILIATIONS.find((one) => one === form.one('affiliation'))
    const roles = rolesIn(form.all('roles'))
    if (!affiliation || roles.length === 0)
      return list(c, 'Cần ít nhất một vai trò, và cơ quan của người được mời.', 400)
    const place = form.one('point')
    const known = (await allPoints(app.store)).some(({ id }) => id === place)
    if (!known && place !== ABOVE) return list(c, 'Không có điểm này.', 400)
    const token = await invite(app, member, { roles, point: place === ABOVE ? null : place, affiliation }, from)
    if (token === null) return list(c, 'Bạn không trao được vai trò này ở nơi này.', 403)
    return c.html(invitedPage(member, `${baseOf(c)}/desk/invitation?token=${token}`))
  })
  routes.get('/desk/staff/withdraw', (c) => c.redirect('/desk/staff#dang-moi', 303))
  routes.post('/desk/staff/withdraw', async (c) => {
    const { member, from } = staffOf(c)
    const done = await withdrawInvitation(app, member, (await readForm(c)).one('invitation'), from)
    return done
      ? c.redirect('/desk/staff#dang-moi', 303)
      : list(c, 'Lời mời này không còn: đã có người dùng, hoặc đã được thu hồi.', 409)
  })

  routes.use('/desk/staff/:id/*', async (c, next) =>
    ['invite', 'withdraw'].includes(c.req.param('id')) ? next() : requireProof(app)(c, next),
  )
  routes.get('/desk/staff/:id', async (c) => {
    const about = await managed(c, c.req.param('id'))
    return about ? page(c, about) : c.html(errorPage(404), 404)
  })
  routes.get('/desk/staff/:id/:what', (c) => c.redirect(`/desk/staff/${encodeURIComponent(c.req.param('id'))}`, 303))
  routes.post('/desk/staff/:id/roles', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    const { member, from } = staffOf(c)
    const done = await changeRoles(app, member, about, rolesIn((await readForm(c)).all('roles')), from)
    return done
      ? c.redirect('/desk/staff', 303)
      : page(c, about, 'Cần ít nhất một vai trò, và chỉ những vai trò bạn được trao.')
  })
  routes.post('/desk/staff/:id/place', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    const { member, from } = staffOf(c)
    const form = await readForm(c)
    const affiliation = AFFILIATIONS.find((one) => one === form.one('affiliation'))
    const place = form.one('point')
    const known = place === ABOVE || (await allPoints(app.store)).some(({ id }) => id === place)
    if (!affiliation || !known) return page(c, about, 'Chưa lưu: chọn cơ quan và nơi làm việc.')
    const shownAs = nameOf(form.one('shown_as'))
    const wanted = { shownAs, affiliation, point: place === ABOVE ? null : place }
    return (await changePlace(app, member, about, wanted, from))
      ? c.redirect('/desk/staff', 303)
      : page(c, about, `Chưa lưu: tên gọi tối đa ${NAME_LIMIT} ký tự, và chỉ những nơi bạn phụ trách.`)
  })
  routes.post('/desk/staff/:id/reset', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    const { member, from } = staffOf(c)
    const second = (await readForm(c)).one('second') === 'co'
    const token = await offerReset(app, member, about, second, from)
    if (token === null) return page(c, about, 'Bạn không đặt lại được cho tài khoản này.')
    return c.html(resetLinkPage(member, about.shownAs ?? 'người này', `${baseOf(c)}/desk/reset?token=${token}`))
  })
  routes.post('/desk/staff/:id/deactivate', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    const { member, from } = staffOf(c)
    const sure = (await readForm(c)).one('sure').normalize('NFC').trim().toLowerCase()
    if (['ngừng', 'ngưng', 'ngung'].includes(sure) && (await deactivate(app, member, about, from)))
      return c.redirect('/desk/staff', 303)
    return page(c, about, 'Hãy gõ NGỪNG vào ô bên dưới.')
  })
  return routes

  /** A member whom the one who asks may change; somebody else looks like nobody. */
  async function managed(c: Context, id: string): Promise<StaffMember | null> {
    const member = memberOf(c)
    const about = await findStaff(app.store, id)
    return about?.active && about.id !== member.id && mayManage('staff.role', member, about) ? about : null
  }

  async function page(c: Context, about: StaffMember, problem: string | null = null) {
    const member = memberOf(c)
    const points = await allPoints(app.store)
    return c.html(memberPage({ member, about, points, roles: givable(member), problem }), problem === null ? 200 : 400)
  }

  function baseOf(c: Context): string {
    return app.settings.publicUrl ?? new URL(c.req.url).origin
  }

  async function list(c: Context, problem: string | null = null, status: 200 | 400 | 403 | 409 = 200) {
    const member = memberOf(c)
    await audited(c, 'staff.list')
    const wide = member.point === null || member.roles.includes('admin')
    const staff = (await allStaff(app.store)).filter((one) => wide || one.point === member.point)
    const points = await allPoints(app.store)
    const invitations = await openInvitations(app, member)
    const view = { member, staff, points, invitations, now: app.now(), roles: givable(member), problem }
    return c.html(staffPage(view), status)
  }
}

function rolesIn(given: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => given.includes(role))
}

function givable(member: StaffMember): readonly Role[] {
  return ROLES.filter((role) => member.roles.some((own) => MAY_GIVE[own]?.includes(role)))
}
