import { describe, expect, test } from 'vitest'
import { forgetStale } from '../../src/app/accounts.ts'
import { findStaff } from '../../src/store/directory.ts'
import { audit, credential, invitation, recoveryCode } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { idOf, MANAGED, openOffice } from './office.ts'
import { codeOf, setUpSecond, signIn } from './sign-in.ts'

const DAY = 86_400_000
const NEW = 'con đò sớm mai'
const linkIn = (text: string) => /\/desk\/reset\?token=([\w-]+)/.exec(text)![1]!

describe('a colleague who forgot their password', () => {
  test('chooses a new one with a link, once; every place they were signed in ends', async () => {
    const office = await openOffice()
    const { whole, lead } = office
    const { one, account } = await office.join('anh-nam')
    const made = await lead.ask(`/desk/staff/${await idOf(office, MANAGED)}/reset`, {})
    const token = linkIn(made.text)
    const fresh = whole.browser()
    const page = await fresh.ask(`/desk/reset?token=${token}`)
    expect(page.text).toContain('anh-nam')
    expect((await fresh.ask('/desk/reset', { token, password: 'ngắn' })).text).toContain('từ 10 ký tự')
    expect(await fresh.ask('/desk/reset', { token, password: NEW })).toMatchObject({ status: 303, location: '/desk' })
    expect((await fresh.ask('/desk')).status).toBe(200)
    expect((await one.ask('/desk')).location).toBe('/desk/sign-in')
    expect((await signIn(whole.browser(), account)).status).toBe(401)
    expect((await signIn(whole.browser(), { ...account, password: NEW })).status).toBe(303)
    const again = await whole.browser().ask('/desk/reset', { token, password: 'nắng trên đồi chè' })
    expect(again).toMatchObject({ status: 401, text: expect.stringContaining('không dùng được nữa') })
    expect((await signIn(whole.browser(), { ...account, password: NEW })).status).toBe(303)
    const noted = (await allOf(whole.home.app.store, audit)).map(({ action }) => action)
    expect(noted).toEqual(expect.arrayContaining(['staff.reset', 'password.reset']))
    expect(JSON.stringify(await allOf(whole.home.app.store, invitation))).not.toContain(token)
  })

  test('is not locked out by the guesses made before', async () => {
    const office = await openOffice()
    const { account } = await office.join('anh-nam')
    const typist = office.whole.browser()
    for (let n = 0; n < 6; n++) await signIn(typist, { login: 'anh-nam', password: 'sai' })
    const made = await office.lead.ask(`/desk/staff/${await idOf(office, MANAGED)}/reset`, {})
    await office.whole.browser().ask('/desk/reset', { token: linkIn(made.text), password: NEW })
    expect((await signIn(office.whole.browser(), { ...account, password: NEW })).status).toBe(303)
  })

  test('has a day for it, and none once the account ended', async () => {
    const office = await openOffice()
    await office.join('anh-nam')
    const id = await idOf(office, MANAGED)
    const late = linkIn((await office.lead.ask(`/desk/staff/${id}/reset`, {})).text)
    const left = linkIn((await office.lead.ask(`/desk/staff/${id}/reset`, {})).text)
    await office.lead.ask(`/desk/staff/${id}/deactivate`, { sure: 'NGỪNG' })
    expect((await office.whole.browser().ask(`/desk/reset?token=${left}`)).status).toBe(401)
    office.whole.home.clock.now += DAY
    expect((await office.whole.browser().ask('/desk/reset', { token: late, password: NEW })).status).toBe(401)
  })

  test('keeps their second factor, unless an admin takes it away with the link', async () => {
    const office = await openOffice()
    const { whole, lead, now } = office
    const { one } = await office.join('anh-nam')
    const { secret } = await setUpSecond(one, now)
    const id = await idOf(office, MANAGED)
    const kept = whole.browser()
    await kept.ask('/desk/reset', {
      token: linkIn((await lead.ask(`/desk/staff/${id}/reset`, {})).text),
      password: NEW,
    })
    expect((await kept.ask('/desk')).location).toBe('/desk/sign-in/code')
    whole.home.clock.now += 60_000
    expect((await kept.ask('/desk/sign-in/code', { code: await codeOf(secret, now()) })).status).toBe(303)
    const lost = whole.browser()
    const taken = await lead.ask(`/desk/staff/${id}/reset`, { second: 'co' })
    await lost.ask('/desk/reset', { token: linkIn(taken.text), password: 'nắng trên đồi chè' })
    expect((await lost.ask('/desk')).status).toBe(200)
    expect((await allOf(whole.home.app.store, recoveryCode)).filter(({ staff }) => staff === id)).toEqual([])
  })

  test('gets no link from a lead of another point, nor from a lead who may not be above them', async () => {
    const office = await openOffice()
    await office.join('anh-nam')
    const id = await idOf(office, MANAGED)
    const { one: other } = await office.join('chi-lead-p2', { roles: 'lead', point: 'p2' })
    expect((await other.ask(`/desk/staff/${id}/reset`, {})).status).toBe(404)
    const { one: own } = await office.join('chi-lead-p1', { roles: 'lead', point: 'p1' })
    // The second factor goes with an admin alone.
    expect((await own.ask(`/desk/staff/${id}/reset`, { second: 'co' })).status).toBe(400)
    expect((await own.ask(`/desk/staff/${id}/reset`, {})).status).toBe(200)
  })
})

describe('an invitation that nobody took', () => {
  const wanted = { roles: 'counsellor', point: 'p1', affiliation: 'y_te' }

  test('is listed with what it gives, and taken back it opens nothing', async () => {
    const office = await openOffice()
    const { lead, whole } = office
    const path = /\/desk\/invitation\?token=[\w-]+/.exec((await lead.ask('/desk/staff/invite', wanted)).text)![0]
    const page = (await lead.ask('/desk/staff')).text
    expect(page).toContain('Đang mời <span class="count">1</span>')
    const id = /name="invitation" value="([^"]+)"/.exec(page)![1]!
    expect(path).not.toContain(id)
    expect((await lead.ask('/desk/staff/withdraw', { invitation: id })).status).toBe(303)
    expect((await whole.browser().ask(path)).status).toBe(401)
    expect((await lead.ask('/desk/staff')).text).not.toContain('Đang mời')
    expect(await lead.ask('/desk/staff/withdraw', { invitation: id })).toMatchObject({
      status: 409,
      text: expect.stringContaining('không còn'),
    })
  })

  test('is neither seen nor taken back by a lead of another point', async () => {
    const office = await openOffice()
    await office.lead.ask('/desk/staff/invite', wanted)
    const [row] = await allOf(office.whole.home.app.store, invitation)
    const { one: other } = await office.join('chi-lead-p2', { roles: 'lead', point: 'p2' })
    expect((await other.ask('/desk/staff')).text).not.toContain('Đang mời')
    expect((await other.ask('/desk/staff/withdraw', { invitation: row!.token })).status).toBe(409)
    expect(await allOf(office.whole.home.app.store, invitation)).toHaveLength(1)
  })

  test('says for a week that it ran out, and is then forgotten', async () => {
    const { lead, whole } = await openOffice()
    await lead.ask('/desk/staff/invite', wanted)
    whole.home.clock.now += 3 * DAY
    await forgetStale(whole.home.app)
    expect(await allOf(whole.home.app.store, invitation)).toHaveLength(1)
    whole.home.clock.now += 7 * DAY
    await forgetStale(whole.home.app)
    expect(await allOf(whole.home.app.store, invitation)).toEqual([])
  })
})

describe('where a colleague works and belongs', () => {
  const place = { shown_as: 'Nam', affiliation: 'y_te', point: 'p2' }

  test('is changed by their lead, and noted', async () => {
    const office = await openOffice()
    const { one } = await office.join('anh-nam')
    const id = await idOf(office, MANAGED)
    expect((await office.lead.ask(`/desk/staff/${id}/place`, place)).status).toBe(303)
    expect(await findStaff(office.whole.home.app.store, id)).toMatchObject({ shownAs: 'Nam', point: 'p2' })
    expect((await one.ask('/desk')).status).toBe(200)
    const noted = (await allOf(office.whole.home.app.store, audit)).filter(({ action }) => action === 'staff.place')
    expect(noted).toMatchObject([{ about: `${id}:y_te:p2` }])
  })

  test('whoever comes to belong to the police is signed out at once', async () => {
    const office = await openOffice()
    const { one, account } = await office.join('anh-nam')
    const id = await idOf(office, MANAGED)
    await office.lead.ask(`/desk/staff/${id}/place`, { ...place, affiliation: 'cong_an' })
    expect((await one.ask('/desk')).location).toBe('/desk/sign-in')
    expect((await signIn(office.whole.browser(), account)).status).toBe(303)
  })

  test('is not changed to what is no point, by a name too long, or to a place that the lead does not lead', async () => {
    const office = await openOffice()
    await office.join('anh-nam')
    const id = await idOf(office, MANAGED)
    for (const wrong of [{ point: 'p9' }, { affiliation: 'khác' }, { shown_as: 'x'.repeat(41) }])
      expect((await office.lead.ask(`/desk/staff/${id}/place`, { ...place, ...wrong })).status).toBe(400)
    const { one: own } = await office.join('chi-lead-p1', { roles: 'lead', point: 'p1' })
    expect((await own.ask(`/desk/staff/${id}/place`, place)).status).toBe(400)
    expect(await findStaff(office.whole.home.app.store, id)).toMatchObject({ point: 'p1' })
    expect((await own.ask(`/desk/staff/${id}/place`, { ...place, point: 'p1' })).status).toBe(303)
  })

  test('one changes one’s own name, and nothing else of oneself', async () => {
    const office = await openOffice()
    const { one } = await office.join('anh-nam')
    expect((await one.ask('/desk/account/name', { shown_as: ' Bác Nam ' })).status).toBe(303)
    expect((await one.ask('/desk/account')).text).toContain('<b>Bác Nam</b>')
    expect((await one.ask('/desk/account/name', { shown_as: 'x'.repeat(41) })).status).toBe(400)
    expect((await one.ask('/desk/account/name', { shown_as: '' })).status).toBe(303)
    expect((await one.ask('/desk/account')).text).toContain('không hiện tên')
    expect(await allOf(office.whole.home.app.store, credential)).toHaveLength(2)
  })
})
