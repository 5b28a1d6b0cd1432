import { type Context, Hono } from 'hono'
import { changeRoles, deactivate, invite } from '../app/accounts.ts'
import type { App } from '../app/app.ts'
import { MAY_GIVE, mayManage } from '../app/permissions.ts'
import { AFFILIATIONS, ROLES } from '../app/staff-words.ts'
import type { Role, StaffMember } from '../engine/staff.ts'
import { allPoints, allStaff, findStaff } from '../store/directory.ts'
import { readForm } from './form-fields.ts'
import { errorPage } from './pages/error.ts'
import { ABOVE, invitedPage, memberPage, staffPage } from './pages/staff.ts'
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
    const base = app.settings.publicUrl ?? new URL(c.req.url).origin
    return c.html(invitedPage(member, `${base}/desk/invitation?token=${token}`))
  })

  routes.use('/desk/staff/:id/*', async (c, next) =>
    c.req.param('id') === 'invite' ? next() : requireProof(app)(c, next),
  )
  routes.get('/desk/staff/:id', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    return c.html(memberPage({ member: memberOf(c), about, roles: givable(memberOf(c)), problem: null }))
  })
  routes.get('/desk/staff/:id/:what', (c) => c.redirect(`/desk/staff/${encodeURIComponent(c.req.param('id'))}`, 303))
  routes.post('/desk/staff/:id/roles', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    const { member, from } = staffOf(c)
    const done = await changeRoles(app, member, about, rolesIn((await readForm(c)).all('roles')), from)
    if (done) return c.redirect('/desk/staff', 303)
    const problem = 'Cần ít nhất một vai trò, và chỉ những vai trò bạn được trao.'
    return c.html(memberPage({ member, about, roles: givable(member), problem }), 400)
  })
  routes.post('/desk/staff/:id/deactivate', async (c) => {
    const about = await managed(c, c.req.param('id'))
    if (!about) return c.html(errorPage(404), 404)
    const { member, from } = staffOf(c)
    const sure = (await readForm(c)).one('sure').normalize('NFC').trim().toLowerCase()
    if (['ngừng', 'ngưng', 'ngung'].includes(sure) && (await deactivate(app, member, about, from)))
      return c.redirect('/desk/staff', 303)
    return c.html(memberPage({ member, about, roles: givable(member), problem: 'Hãy gõ NGỪNG vào ô bên dưới.' }), 400)
  })
  return routes

  /** A member whom the one who asks may change; somebody else looks like nobody. */
  async function managed(c: Context, id: string): Promise<StaffMember | null> {
    const member = memberOf(c)
    const about = await findStaff(app.store, id)
    return about?.active && about.id !== member.id && mayManage('staff.role', member, about) ? about : null
  }

  async function list(c: Context, problem: string | null = null, status: 200 | 400 | 403 = 200) {
    const member = memberOf(c)
    await audited(c, 'staff.list')
    const wide = member.point === null || member.roles.includes('admin')
    const staff = (await allStaff(app.store)).filter((one) => wide || one.point === member.point)
    const points = await allPoints(app.store)
    return c.html(staffPage({ member, staff, points, roles: givable(member), problem }), status)
  }
}

function rolesIn(given: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => given.includes(role))
}

function givable(member: StaffMember): readonly Role[] {
  return ROLES.filter((role) => member.roles.some((own) => MAY_GIVE[own]?.includes(role)))
}
