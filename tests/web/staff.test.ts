import { describe, expect, test } from 'vitest'
import { directorySnapshot } from '../../src/app/directory-snapshot.ts'
import { audit, staff, staffPhone, ticket } from '../../src/store/schema.ts'
import { directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { idOf, MANAGED, openOffice } from './office.ts'
import { codeOf, setUpSecond, signIn } from './sign-in.ts'
import type { WholeService } from './whole-service.ts'

const VISITOR = 'B'.repeat(43)
const MINUTE = 60_000

/** A visitor who asked for a person, and the path of their ticket. */
async function asked({ home, settle }: WholeService, words = 'lời riêng của tôi'): Promise<string> {
  for (const [id, text] of [words, 'gặp người'].entries()) await home.room.post(VISITOR, { id: `${id}`, text })
  await settle()
  const [row] = await allOf(home.app.store, ticket)
  return `/desk/tickets/${row!.id}`
}

describe('signing in', () => {
  test('with a wrong password opens nothing, says so, and quotes no password', async () => {
    const { whole } = await openOffice()
    const one = whole.browser()
    const answer = await signIn(one, { login: 'chi-hoa', password: 'con suối bí mật' })
    expect(answer).toMatchObject({ status: 401, location: null })
    expect(answer.text).toContain('chưa đúng')
    expect(answer.text).not.toContain('con suối bí mật')
    expect(one.cookie()).toBe('')
    expect((await one.ask('/desk')).location).toBe('/desk/sign-in')
    expect(whole.log()).not.toMatch(/chi-hoa|suối/)
  })

  test('a throttled account waits, while another signs in from the same place', async () => {
    const { whole, join } = await openOffice()
    const { account } = await join('anh-nam')
    const typist = whole.browser()
    for (let n = 0; n < 5; n++) expect((await signIn(typist, { login: 'chi-hoa', password: 'sai' })).status).toBe(401)
    const waits = await signIn(typist, { login: 'chi-hoa', password: 'sai' })
    expect(waits).toMatchObject({ status: 429, text: expect.stringContaining('chờ 30 giây') })
    expect(await signIn(typist, account)).toMatchObject({ status: 303, location: '/desk' })
  })

  test('strangers’ guesses do not make the owner wait in the browser they have used before', async () => {
    const { whole, join } = await openOffice()
    const { one, account } = await join('anh-nam')
    await one.ask('/desk/leave', {})
    const stranger = whole.browser()
    for (let n = 0; n < 6; n++) await signIn(stranger, { login: 'anh-nam', password: 'sai' })
    expect((await signIn(whole.browser(), account)).status).toBe(429)
    expect((await signIn(one, account)).status).toBe(303)
  })

  test('with a second factor opens nothing before the code, and each code once', async () => {
    const { whole, leadAccount, now } = await openOffice()
    const path = await asked(whole)
    whole.home.clock.now += MINUTE
    const code = await codeOf(leadAccount.secret!, now())
    const one = whole.browser()
    expect((await signIn(one, leadAccount, path)).location).toBe(path)
    for (const page of ['/desk', path, '/desk/account', '/desk/staff', '/desk/audit'])
      expect((await one.ask(page)).location, page).toMatch(/^\/desk\/sign-in\/code/)
    const before = one.cookie()
    expect((await one.ask('/desk/sign-in/code', { code: '000000', next: path })).status).toBe(401)
    expect(await one.ask('/desk/sign-in/code', { code, next: path })).toMatchObject({ status: 303, location: path })
    expect(one.cookie()).not.toBe(before)
    expect((await one.ask(path)).text).toContain('lời riêng của tôi')
    const two = whole.browser()
    await signIn(two, leadAccount)
    expect((await two.ask('/desk/sign-in/code', { code })).status).toBe(401)
    expect(await two.ask('/desk/sign-in/code', { code: leadAccount.codes[0]! })).toMatchObject({ location: '/desk' })
  })

  test.each([
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    '/desk@evil.test',
    '/desk/..//evil.test',
    '/desk/../chat',
    '/desk\n//evil.test',
    'javascript:alert(1)',
    '/chat/leave',
    '/deskevil',
  ])('never leads on to %j', async (next) => {
    const { whole, join } = await openOffice()
    const { account } = await join('anh-nam')
    const shown = await whole.browser().ask(`/desk/sign-in?next=${encodeURIComponent(next)}`)
    expect(shown.text).toContain('name="next" value="/desk"')
    expect((await signIn(whole.browser(), account, next)).location).toBe('/desk')
  })

  test('whoever has no day at the desk begins at the first page that is theirs', async () => {
    const { whole, join } = await openOffice()
    const { account } = await join('bien-tap', { roles: 'editor', affiliation: 'doan_the' })
    const editor = whole.browser()
    const { location } = await signIn(editor, account)
    expect(location).toBe('/desk/noi-dung')
    expect((await editor.ask(location!)).status).toBe(200)
  })

  test('leads on to the page that was asked for', async () => {
    const { whole, join } = await openOffice()
    const { account } = await join('anh-nam')
    const one = whole.browser()
    expect((await one.ask('/desk/tickets/abc.1.2')).location).toBe('/desk/sign-in?next=%2Fdesk%2Ftickets%2Fabc.1.2')
    expect((await signIn(one, account, '/desk/tickets/abc.1.2')).location).toBe('/desk/tickets/abc.1.2')
  })
})

describe('a lead without a second factor', () => {
  test('is sent to set it up before anything else, and gets recovery codes once', async () => {
    const office = await openOffice()
    const path = await asked(office.whole)
    const { one } = await office.join('chi-mai')
    expect((await one.ask(path)).status).toBe(200)
    const id = await idOf(office, MANAGED)
    expect((await office.lead.ask(`/desk/staff/${id}/roles`, { roles: 'lead' })).status).toBe(303)
    for (const page of ['/desk', path, '/desk/account', '/desk/staff', '/desk/audit'])
      expect((await one.ask(page)).location, page).toBe('/desk/account/second-factor')
    const refused = await one.ask(`${path}/reply`, { text: 'x' })
    expect(refused.location).toBe('/desk/account/second-factor')
    const page = await one.ask('/desk/account/second-factor')
    expect(page.text).toContain('<svg')
    expect(page.text).toContain('otpauth://totp/')
    expect(page.text).not.toMatch(/ style=/)
    const { codes } = await setUpSecond(one, office.now)
    expect(codes).toHaveLength(10)
    expect((await one.ask(path)).status).toBe(200)
  })
})

describe('a police account', () => {
  test('reads nothing and acts on nothing, whatever its role, and each try is noted', async () => {
    const { whole, join } = await openOffice()
    const path = await asked(whole)
    for (const roles of ['counsellor', 'lead']) {
      const { one } = await join(`can-bo-${roles}`, { roles, affiliation: 'cong_an' })
      const tries: [string, Record<string, string>?][] = [
        [path],
        [`${path}/reply`, { text: 'tôi là công an' }],
        [`${path}/close`, {}],
        [`${path}/hand-back`, {}],
        ['/desk/audit'],
      ]
      // They may be chosen, so the list opens; it is empty.
      const list = await one.ask('/desk')
      expect(list.status).toBe(200)
      expect(list.text).not.toMatch(/lời riêng|Muốn gặp người|\/desk\/tickets\//)
      for (const [to, fields] of tries) {
        const { status, text } = await one.ask(to, fields)
        expect([to, status]).toEqual([to, 403])
        expect(text).not.toMatch(/lời riêng|Muốn gặp người/)
        expect(text).toMatch(/chưa có ai chọn bạn/)
      }
    }
    expect(await allOf(whole.home.app.store, ticket)).toMatchObject([{ heldBy: null, closedAt: null }])
    const refused = (await allOf(whole.home.app.store, audit)).filter(({ action }) => action === 'refused')
    expect(refused).toHaveLength(8)
    expect(refused[0]).toMatchObject({ contact: expect.stringMatching(/^[\w-]{32}$/) })
  })
})

describe('roles', () => {
  test('analyst, editor, club board and admin alone open no conversation', async () => {
    const { whole, join } = await openOffice()
    const path = await asked(whole)
    for (const roles of ['analyst', 'editor', 'club_board', 'admin']) {
      const { one } = await join(`nguoi-${roles.replace('_', '-')}`, { roles })
      for (const to of ['/desk', path]) {
        const { status, text } = await one.ask(to)
        expect([roles, to, status]).toEqual([roles, to, 403])
        expect(text).not.toContain('lời riêng')
      }
      expect((await one.ask('/desk/account')).status).toBe(200)
    }
  })

  test('a counsellor opens what has no point or theirs, and nothing of another point', async () => {
    const { whole, join } = await openOffice()
    const path = await asked(whole)
    const { one } = await join('anh-nam')
    expect((await one.ask(path)).status).toBe(200)
    whole.home.database.database.exec("update ticket set point = 'p1'")
    expect((await one.ask(path)).status).toBe(200)
    whole.home.database.database.exec("update ticket set point = 'p2'")
    const refused = await one.ask(path)
    expect(refused.status).toBe(403)
    expect(refused.text).not.toContain('lời riêng')
  })

  test('a path of a ticket that no permission names is refused, however deep, and not merely missing', async () => {
    const { whole, lead } = await openOffice()
    const path = await asked(whole)
    for (const end of ['/unknown', '/reply/more', '/constructor', '/close/', '//reply'])
      expect((await lead.ask(path + end, {})).status, end).toBe(403)
    expect((await lead.ask(path)).status).toBe(200)
    expect((await lead.ask('/desk/tickets/nobody.1.1')).status).toBe(404)
  })

  test('changing them asks for the password again once some minutes have passed', async () => {
    const office = await openOffice()
    const { whole, lead, join } = office
    await join('anh-nam')
    const id = await idOf(office, MANAGED)
    whole.home.clock.now += 11 * MINUTE
    for (const [to, fields] of [
      [`/desk/staff/${id}`, undefined],
      [`/desk/staff/${id}/roles`, { roles: 'editor' }],
      [`/desk/staff/${id}/deactivate`, { sure: 'ngừng' }],
    ] as const)
      expect((await lead.ask(to, fields)).location, to).toMatch(/^\/desk\/account\/proof\?next=/)
    expect((await lead.ask('/desk/staff')).text).not.toContain('Biên tập nội dung · ')
    expect((await lead.ask('/desk/account/proof', { password: 'sai', next: `/desk/staff/${id}` })).status).toBe(401)
    const proved = await lead.ask('/desk/account/proof', { password: 'mái nhà bên suối', next: `/desk/staff/${id}` })
    expect(proved.location).toBe(`/desk/staff/${id}`)
    expect((await lead.ask(`/desk/staff/${id}/roles`, { roles: 'editor' })).location).toBe('/desk/staff')
    expect((await lead.ask('/desk/staff')).text).toContain('Biên tập nội dung · ')
  })

  test('a counsellor changes nobody, and a lead of one point nobody of another', async () => {
    const office = await openOffice()
    const { join, lead } = office
    const { one } = await join('anh-nam')
    for (const to of ['/desk/staff', '/desk/audit', '/desk/staff/x']) expect((await one.ask(to)).status, to).toBe(403)
    expect((await one.ask('/desk/staff/invite', { roles: 'admin', point: 'p1', affiliation: 'y_te' })).status).toBe(403)
    const id = await idOf(office, MANAGED)
    const { one: other } = await join('chi-lead-p2', { roles: 'lead', point: 'p2' })
    expect((await other.ask('/desk/staff')).text).not.toContain(id)
    expect((await other.ask(`/desk/staff/${id}`)).status).toBe(404)
    expect((await other.ask(`/desk/staff/${id}/roles`, { roles: 'editor' })).status).toBe(404)
    for (const wanted of [
      { roles: 'counsellor', point: 'p1' },
      { roles: 'admin', point: 'p2' },
      { roles: 'counsellor', point: 'tuyen-tren' },
    ])
      expect((await other.ask('/desk/staff/invite', { affiliation: 'y_te', ...wanted })).status).toBe(403)
    expect((await lead.ask(`/desk/staff/${id}`)).status).toBe(200)
  })

  test('somebody whose account was ended is out at the next request', async () => {
    const office = await openOffice()
    const { one, account } = await office.join('anh-nam')
    const id = await idOf(office, MANAGED)
    expect((await one.ask('/desk')).status).toBe(200)
    expect((await office.lead.ask(`/desk/staff/${id}/deactivate`, { sure: 'có' })).status).toBe(400)
    expect((await one.ask('/desk')).status).toBe(200)
    expect((await office.lead.ask(`/desk/staff/${id}/deactivate`, { sure: 'NGỪNG' })).status).toBe(303)
    expect((await one.ask('/desk')).location).toBe('/desk/sign-in')
    expect((await signIn(office.whole.browser(), account)).status).toBe(401)
  })
})

describe('the account page', () => {
  test('shows where one is signed in, and ends another place', async () => {
    const { whole, join } = await openOffice()
    const { one, account } = await join('anh-nam')
    const lost = whole.browser()
    await signIn(lost, account)
    const page = (await one.ask('/desk/account')).text
    const session = /name="session" value="([^"]+)"/.exec(page)![1]!
    expect((await lost.ask('/desk')).status).toBe(200)
    expect((await one.ask('/desk/account/revoke', { session })).status).toBe(303)
    expect((await lost.ask('/desk')).location).toBe('/desk/sign-in')
    expect((await one.ask('/desk')).status).toBe(200)
  })

  test('gives no new second factor and no codes to whoever only found the browser open', async () => {
    const { whole, lead } = await openOffice()
    whole.home.clock.now += 11 * MINUTE
    for (const [to, fields] of [
      ['/desk/account/second-factor', undefined],
      ['/desk/account/second-factor', { sealed: 'x', code: '1' }],
      ['/desk/account/codes', {}],
      ['/desk/account/phone', {}],
    ] as const)
      expect((await lead.ask(to, fields)).location, to).toMatch(/^\/desk\/account\/proof/)
  })
})

describe('a phone of one’s own', () => {
  test('is linked with a code from the account page, and noted in the audit', async () => {
    const { whole, lead } = await openOffice()
    const { app } = whole.home
    const snapshot = directorySnapshot(directory)
    app.directory = snapshot.now
    await snapshot.refresh(app.store)
    const page = await lead.ask('/desk/account/phone', {})
    const code = /liên kết ([A-Z2-9]{4}-[A-Z2-9]{4})</.exec(page.text)![1]!
    const [me] = await allOf(whole.home.app.store, staff)
    await whole.home.say('chi-lan', `liên kết ${code}`)
    expect((await allOf(whole.home.app.store, staffPhone)).map((row) => row.staff)).toEqual([me!.id])
    const made = (await allOf(whole.home.app.store, audit)).filter(({ action }) => action === 'phone.code')
    expect(made).toMatchObject([{ staff: me!.id, contact: null }])
    const shown = (await lead.ask('/desk/account')).text
    expect(shown).toContain('<p>Telegram<br>')
    const phone = /name="phone" value="([^"]+)"/.exec(shown)![1]!
    expect((await lead.ask('/desk/account/unlink', { phone: 'another' })).status).toBe(303)
    expect(await allOf(whole.home.app.store, staffPhone)).toHaveLength(1)
    expect((await lead.ask('/desk/account/unlink', { phone })).status).toBe(303)
    expect(await allOf(whole.home.app.store, staffPhone)).toEqual([])
    expect((await allOf(whole.home.app.store, audit)).map(({ action }) => action)).toContain('phone.unlinked')
  })
})

describe('the audit', () => {
  test('has a row for each conversation opened and each action, with who, which contact and when', async () => {
    const { whole, join, now } = await openOffice()
    const path = await asked(whole)
    const { one } = await join('anh-nam')
    await one.ask('/desk')
    await one.ask(path)
    await one.ask(`${path}/reply`, { text: 'Chào bạn.', id: '7f1b6a52-3f0e-4b7c-9d57-0d1f7a9a2c11' })
    await one.ask(`${path}/close`, {})
    const rows = await allOf(whole.home.app.store, audit)
    const { staff } = rows.find(({ action }) => action === 'ticket.reply')!
    const own = rows.filter((row) => row.staff === staff).slice(2)
    const contact = whole.home.contact(VISITOR, 'webchat')
    expect(own.map((row) => [row.action, row.contact])).toEqual([
      ['queue.view', null],
      ['queue.view', null],
      ['ticket.read', contact],
      ['ticket.reply', contact],
      ['ticket.close', contact],
    ])
    expect(own.every(({ at }) => at === now())).toBe(true)
    expect(JSON.stringify(rows)).not.toMatch(/Chào bạn|lời riêng/)
  })

  test('what cannot be noted is not shown', async () => {
    const { whole, join } = await openOffice()
    const path = await asked(whole)
    const { one } = await join('anh-nam')
    whole.home.database.database.exec(
      "create trigger no_audit before insert on audit begin select raise(abort, 'no'); end",
    )
    const { status, text } = await one.ask(path)
    expect(status).toBe(500)
    expect(text).not.toContain('lời riêng')
  })

  test('is read by a lead for their own point only', async () => {
    const { whole, join, lead } = await openOffice()
    const path = await asked(whole)
    whole.home.database.database.exec("update ticket set point = 'p1'")
    const { one } = await join('anh-nam')
    await one.ask(path)
    const { one: other } = await join('chi-lead-p2', { roles: 'lead', point: 'p2' })
    const { one: own } = await join('chi-lead-p1', { roles: 'lead', point: 'p1' })
    const contact = whole.home.contact(VISITOR, 'webchat').slice(0, 8)
    expect((await other.ask('/desk/audit')).text).not.toContain(contact)
    expect((await own.ask('/desk/audit')).text).toContain(contact)
    expect((await lead.ask('/desk/audit')).text).toContain(contact)
  })
})
