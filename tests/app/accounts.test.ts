import { generate } from 'otplib'
import { describe, expect, test } from 'vitest'
import { accept, changePassword, invitationOf, invite, revoke } from '../../src/app/accounts.ts'
import { changeRoles, deactivate } from '../../src/app/colleagues.ts'
import { hashPassword, isPassword, weakness } from '../../src/app/password.ts'
import { acceptSecond, offerSecond, passSecond, renewCodes } from '../../src/app/second-factor.ts'
import { type From, isProved, presentOf, proveAgain, signIn } from '../../src/app/sign-in.ts'
import { begin } from '../../src/app/throttling.ts'
import type { Affiliation, Role, StaffMember } from '../../src/engine/staff.ts'
import { countCodes } from '../../src/store/accounts.ts'
import { verifyAudit } from '../../src/store/audit-verify.ts'
import { allStaff, findStaff, readValue, replaceSetupLink } from '../../src/store/directory.ts'
import { audit, credential, invitation, recoveryCode, staffSession } from '../../src/store/schema.ts'
import { type Present, sessionsOf } from '../../src/store/staff-sessions.ts'
import { allOf } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'

const FROM: From = { address: '10.0.0.1', device: 'Chrome, Android' }
const PASSWORD = 'mái nhà bên suối'
const HOUR = 60 * MINUTE

/** The first account, of the setup link. */
async function first(home: SmallApp, login = 'chi-hoa') {
  const { app } = home
  await replaceSetupLink(app.store, app.vault.hashToken(`link-${login}`))
  const given = { login, password: PASSWORD, shownAs: 'Hoa', affiliation: 'y_te' as Affiliation }
  const made = await accept(app, `link-${login}`, given, FROM)
  if (!made || 'refused' in made) throw new Error('the link was refused')
  return made
}

async function invited(home: SmallApp, by: StaffMember, login: string, roles: readonly Role[] = ['counsellor']) {
  const token = await invite(home.app, by, { roles, point: 'p1', affiliation: 'doan_the' }, FROM)
  const made = await accept(home.app, token!, { login, password: PASSWORD, shownAs: login, affiliation: null }, FROM)
  if (!made || 'refused' in made) throw new Error('the invitation was refused')
  return made
}

const attempt = (home: SmallApp, login: string, password: string, known: string | null = null, from = FROM) =>
  signIn(home.app, { login, password, known }, from)
const present = async (home: SmallApp, token: string): Promise<Present> => (await presentOf(home.app, token))!

describe('a password', () => {
  test('is kept as a salted hash that nothing but itself opens, however its letters are composed', async () => {
    const { app } = openApp()
    const [one, two] = [await hashPassword(app, PASSWORD), await hashPassword(app, PASSWORD)]
    expect(one).toMatch(/^scrypt\$16384\$8\$5\$/)
    expect(one).not.toBe(two)
    expect(await isPassword(app, PASSWORD.normalize('NFD'), one)).toBe(true)
    expect(await isPassword(app, `${PASSWORD} `, one)).toBe(false)
    expect(await isPassword(app, '', null)).toBe(false)
  })

  test.each([
    ['ngắn quá', 'short'],
    ['1234567890', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['matkhau12345', 'common'],
    ['chi-hoa2026', 'like_login'],
    ['x'.repeat(201), 'long'],
    [PASSWORD, null],
  ])('like %j is judged %j', (password, judged) => {
    expect(weakness(password, 'chi-hoa')).toBe(judged)
  })
})

describe('the set-up link', () => {
  test('makes one account of an admin and lead, once, even for two who accept at once', async () => {
    const home = openApp()
    const { app } = home
    await replaceSetupLink(app.store, app.vault.hashToken('link'))
    const tries = ['an', 'binh', 'chi'].map((name) =>
      accept(app, 'link', { login: `${name}-01`, password: PASSWORD, shownAs: name, affiliation: 'ubnd' }, FROM),
    )
    const made = (await Promise.all(tries)).filter((one) => one !== null)
    expect(made).toHaveLength(1)
    expect(await allStaff(app.store)).toMatchObject([{ roles: ['admin', 'lead'], point: null, affiliation: 'ubnd' }])
    expect(await allOf(app.store, credential)).toHaveLength(1)
    expect(await invitationOf(app, 'link')).toBeNull()
  })
})

describe('an invitation', () => {
  test('makes one account with what the inviter said, and is then used', async () => {
    const home = openApp()
    const { member } = await first(home)
    const before = await readValue(home.app.store, 'directory_version')
    const token = await invite(home.app, member, { roles: ['counsellor'], point: 'p1', affiliation: 'cong_an' }, FROM)
    const given = { login: 'anh-nam', password: PASSWORD, shownAs: 'Nam', affiliation: 'y_te' as Affiliation }
    expect(await accept(home.app, token!, given, FROM)).toMatchObject({
      member: { roles: ['counsellor'], point: 'p1', affiliation: 'cong_an', shownAs: 'Nam', active: true },
    })
    expect(await accept(home.app, token!, { ...given, login: 'anh-nam-2' }, FROM)).toBeNull()
    expect(await invitationOf(home.app, token!)).toBeNull()
    expect(await readValue(home.app.store, 'directory_version')).not.toBe(before)
  })

  test('ends after three days', async () => {
    const home = openApp()
    const { member } = await first(home)
    const token = await invite(home.app, member, { roles: ['editor'], point: 'p1', affiliation: 'y_te' }, FROM)
    home.clock.now += 3 * DAY - 1
    expect(await invitationOf(home.app, token!)).not.toBeNull()
    home.clock.now += 1
    expect(await invitationOf(home.app, token!)).toBeNull()
    const given = { login: 'anh-nam', password: PASSWORD, shownAs: '', affiliation: null }
    expect(await accept(home.app, token!, given, FROM)).toBeNull()
  })

  test('is not used up by a login name that is taken, badly formed, or by a weak password', async () => {
    const home = openApp()
    const { member } = await first(home)
    const token = (await invite(home.app, member, { roles: ['editor'], point: 'p1', affiliation: 'y_te' }, FROM))!
    const tried = (login: string, password = PASSWORD) =>
      accept(home.app, token, { login, password, shownAs: '', affiliation: null }, FROM)
    expect(await tried('Chi-Hoa ')).toEqual({ refused: 'login_taken' })
    expect(await tried('ab')).toEqual({ refused: 'login_form' })
    expect(await tried('tên có dấu')).toEqual({ refused: 'login_form' })
    expect(await tried('anh-nam', '12345')).toEqual({ refused: 'short' })
    expect(await tried('anh-nam')).toMatchObject({ member: { shownAs: null } })
  })

  test('gives nobody more than the inviter may give', async () => {
    const home = openApp()
    const { member } = await first(home)
    const { member: counsellor } = await invited(home, member, 'anh-nam')
    const wanted = { roles: ['counsellor'] as const, point: 'p1', affiliation: 'y_te' as const }
    expect(await invite(home.app, counsellor, wanted, FROM)).toBeNull()
    expect(await allOf(home.app.store, invitation)).toEqual([])
  })
})

describe('signing in', () => {
  test('takes the name in any case, and tells nobody which part was wrong', async () => {
    const home = openApp()
    await first(home)
    expect(await attempt(home, ' CHI-HOA ', PASSWORD)).toMatchObject({ token: expect.stringMatching(/^[\w-]{43}$/) })
    expect(await attempt(home, 'chi-hoa', 'sai mật khẩu')).toBe('wrong')
    expect(await attempt(home, 'không-ai', PASSWORD)).toBe('wrong')
  })

  test('after five mistakes waits, and doubles the wait; the right password then starts anew', async () => {
    const home = openApp()
    await first(home)
    for (let n = 0; n < 5; n++) expect(await attempt(home, 'chi-hoa', 'sai')).toBe('wrong')
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toEqual({ wait: home.clock.now + 30_000 })
    home.clock.now += 30_000
    expect(await attempt(home, 'chi-hoa', 'sai')).toBe('wrong')
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toEqual({ wait: home.clock.now + 60_000 })
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      home.clock.now += minutes * MINUTE
      expect(await attempt(home, 'chi-hoa', 'sai'), `${minutes} minutes`).toBe('wrong')
    }
    home.clock.now += 15 * MINUTE
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toMatchObject({ member: { shownAs: 'Hoa' } })
    for (let n = 0; n < 4; n++) await attempt(home, 'chi-hoa', 'sai')
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toMatchObject({ member: { shownAs: 'Hoa' } })
  })

  test('guesses sent at once are counted one by one', async () => {
    const home = openApp()
    await first(home)
    const tries = await Promise.all(Array.from({ length: 20 }, (_, n) => attempt(home, 'chi-hoa', `đoán thử ${n}`)))
    expect(tries.filter((one) => one === 'wrong')).toHaveLength(5)
  })

  test('a name that nobody has is throttled like any other, so the wait tells nothing', async () => {
    const home = openApp()
    for (let n = 0; n < 5; n++) expect(await attempt(home, 'khong-ai', 'sai')).toBe('wrong')
    expect(await attempt(home, 'khong-ai', 'sai')).toHaveProperty('wait')
  })

  test('one bad typist, however stubborn, locks neither a colleague nor the office', async () => {
    const home = openApp()
    const { member } = await first(home)
    await invited(home, member, 'anh-nam')
    for (let n = 0; n < 200; n++) await attempt(home, 'anh-nam', 'sai')
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toHaveProperty('token')
  })

  test('an address that tries name after name is slowed, by a minute at most', async () => {
    const home = openApp()
    await first(home)
    const from = { ...FROM, address: '203.0.113.9' }
    const tries: unknown[] = []
    for (let n = 0; n < 66; n++)
      tries.push(await begin(home.app, { of: `login:ten-${n}`, address: from.address, browser: null }))
    expect(tries.filter((wait) => wait === null)).toHaveLength(60)
    expect(await attempt(home, 'chi-hoa', PASSWORD, null, from)).toHaveProperty('wait')
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toHaveProperty('token')
    home.clock.now += MINUTE
    expect(await attempt(home, 'chi-hoa', PASSWORD, null, from)).toHaveProperty('token')
  })
})

describe('the second factor', () => {
  async function withSecond(home: SmallApp) {
    const made = await first(home)
    const one = await present(home, made.token)
    const offer = await offerSecond(home.app, one)
    const code = await generate({ secret: offer.secret, epoch: home.clock.now / 1000 })
    const set = await acceptSecond(home.app, one, { sealed: offer.sealed, code }, FROM)
    if (set === 'wrong') throw new Error('the code was refused')
    return { ...made, ...set, secret: offer.secret, code }
  }
  const codeAt = (home: SmallApp, secret: string, ms = 0) => generate({ secret, epoch: (home.clock.now + ms) / 1000 })
  const again = async (home: SmallApp) => {
    const signed = await attempt(home, 'chi-hoa', PASSWORD)
    if (signed === 'wrong' || 'wait' in signed) throw new Error('not signed in')
    return present(home, signed.token)
  }

  test('takes a code once, and none of an earlier step after it', async () => {
    const home = openApp()
    const { secret, code } = await withSecond(home)
    const one = await again(home)
    expect(one).toMatchObject({ hasSecond: true, session: { secondAt: null } })
    expect(await passSecond(home.app, one, code, FROM)).toBe('wrong')
    home.clock.now += 30_000
    const fresh = await codeAt(home, secret)
    const passed = await passSecond(home.app, one, ` ${fresh.slice(0, 3)} ${fresh.slice(3)}`, FROM)
    expect(passed).toHaveProperty('token')
    expect(await passSecond(home.app, await again(home), fresh, FROM)).toBe('wrong')
    expect(await passSecond(home.app, await again(home), await codeAt(home, secret, -30_000), FROM)).toBe('wrong')
    expect(await present(home, (passed as { token: string }).token)).toMatchObject({
      session: { secondAt: home.clock.now },
    })
  })

  test('takes a code of one step away and none of two', async () => {
    const home = openApp()
    const { secret } = await withSecond(home)
    home.clock.now += 10 * MINUTE
    expect(await passSecond(home.app, await again(home), await codeAt(home, secret, -60_000), FROM)).toBe('wrong')
    expect(await passSecond(home.app, await again(home), await codeAt(home, secret, 60_000), FROM)).toBe('wrong')
    expect(await passSecond(home.app, await again(home), await codeAt(home, secret, -30_000), FROM)).toHaveProperty(
      'token',
    )
    expect(await passSecond(home.app, await again(home), await codeAt(home, secret, 30_000), FROM)).toHaveProperty(
      'token',
    )
  })

  test('takes each recovery code once, also when it is sent twice at once', async () => {
    const home = openApp()
    const { codes, member } = await withSecond(home)
    expect(new Set(codes).size).toBe(10)
    const [one, two] = [await again(home), await again(home)]
    const typed = codes[3]!.toUpperCase().replace('-', ' ')
    const both = await Promise.all([one, two].map((session) => passSecond(home.app, session, typed, FROM)))
    expect(both.filter((outcome) => outcome === 'wrong')).toHaveLength(1)
    expect(await countCodes(home.app.store, member.id)).toBe(9)
    const fresh = await renewCodes(home.app, one, FROM)
    expect(await passSecond(home.app, await again(home), codes[4]!, FROM)).toBe('wrong')
    expect(await passSecond(home.app, await again(home), fresh[4]!, FROM)).toHaveProperty('token')
  })

  test('waits after five wrong codes', async () => {
    const home = openApp()
    const { secret } = await withSecond(home)
    home.clock.now += MINUTE
    const one = await again(home)
    for (const n of [1, 2, 3, 4, 5]) expect(await passSecond(home.app, one, `00000${n}`, FROM)).toBe('wrong')
    expect(await passSecond(home.app, one, await codeAt(home, secret), FROM)).toHaveProperty('wait')
  })

  test('passing gives a new token and ends the old one; setting it up ends every other session', async () => {
    const home = openApp()
    const made = await first(home)
    const other = await again(home)
    const one = await present(home, made.token)
    const offer = await offerSecond(home.app, one)
    expect(await acceptSecond(home.app, one, { sealed: offer.sealed, code: '000000' }, FROM)).toBe('wrong')
    expect(await acceptSecond(home.app, one, { sealed: 'AAAA', code: '000000' }, FROM)).toBe('wrong')
    const code = await codeAt(home, offer.secret)
    expect(await acceptSecond(home.app, one, { sealed: offer.sealed, code }, FROM)).toHaveProperty('codes')
    expect(await presentOf(home.app, made.token)).toBeNull()
    expect((await allOf(home.app.store, staffSession)).map(({ token }) => token)).not.toContain(other.session.token)
  })

  test('no secret, code, password or token lies readable in the database', async () => {
    const home = openApp()
    const { secret, codes, token } = await withSecond(home)
    const stored = JSON.stringify([
      await allOf(home.app.store, credential),
      await allOf(home.app.store, recoveryCode),
      await allOf(home.app.store, staffSession),
      await allOf(home.app.store, audit),
    ])
    const bytes = home.database.database.serialize().toString('latin1')
    for (const hidden of [secret, token, 'mái nhà', ...codes, ...codes.map((code) => code.replace('-', ''))]) {
      expect(stored).not.toContain(hidden)
      expect(bytes).not.toContain(Buffer.from(hidden).toString('latin1'))
    }
  })
})

describe('a session', () => {
  test('ends after eight idle hours, and after seven days however busy', async () => {
    const home = openApp()
    const { token } = await first(home)
    const start = home.clock.now
    while (home.clock.now + 7 * HOUR < start + 7 * DAY) {
      home.clock.now += 7 * HOUR
      expect(await presentOf(home.app, token)).not.toBeNull()
    }
    home.clock.now = start + 7 * DAY
    expect(await presentOf(home.app, token)).toBeNull()
    const fresh = await first(home, 'anh-nam')
    home.clock.now += 8 * HOUR - 1
    expect(await presentOf(home.app, fresh.token)).not.toBeNull()
    home.clock.now += 8 * HOUR
    expect(await presentOf(home.app, fresh.token)).toBeNull()
  })

  test('can be ended from another one of the same account, and not from another account', async () => {
    const home = openApp()
    const mine = await first(home)
    const lost = await attempt(home, 'chi-hoa', PASSWORD)
    const other = await first(home, 'anh-nam')
    const { token } = lost as { token: string }
    const target = (await present(home, token)).session.token
    await revoke(home.app, await present(home, other.token), target, FROM)
    expect(await presentOf(home.app, token)).not.toBeNull()
    await revoke(home.app, await present(home, mine.token), target, FROM)
    expect(await presentOf(home.app, token)).toBeNull()
    expect(await sessionsOf(home.app.store, mine.member.id, home.clock.now)).toHaveLength(1)
  })

  test('other sessions end with a new password, which needs the old one', async () => {
    const home = openApp()
    const { token } = await first(home)
    const other = (await attempt(home, 'chi-hoa', PASSWORD)) as { token: string }
    const one = await present(home, token)
    expect(await changePassword(home.app, one, { old: 'sai', fresh: 'con suối đầu bản' }, FROM)).toBe('wrong')
    expect(await changePassword(home.app, one, { old: PASSWORD, fresh: 'con suối đầu bản' }, FROM)).toBe('changed')
    expect(await presentOf(home.app, other.token)).toBeNull()
    expect(await presentOf(home.app, token)).not.toBeNull()
    expect(await attempt(home, 'chi-hoa', PASSWORD)).toBe('wrong')
    expect(await attempt(home, 'chi-hoa', 'con suối đầu bản')).toHaveProperty('token')
  })

  test('is a proof for ten minutes; after the password once more it has a new token and its old age', async () => {
    const home = openApp()
    const { token } = await first(home)
    home.clock.now += 10 * MINUTE
    const one = await present(home, token)
    expect(isProved(one.session, home.clock.now)).toBe(false)
    expect(await proveAgain(home.app, one, 'sai', FROM)).toBe('wrong')
    const proved = (await proveAgain(home.app, one, PASSWORD, FROM)) as { token: string }
    expect(await presentOf(home.app, token)).toBeNull()
    const { session } = await present(home, proved.token)
    expect(isProved(session, home.clock.now)).toBe(true)
    expect(session.startedAt).toBe(one.session.startedAt)
  })
})

describe('somebody who leaves', () => {
  test('is out at once, everywhere, and the directory is read anew', async () => {
    const home = openApp()
    const { member } = await first(home)
    const nam = await invited(home, member, 'anh-nam')
    const before = await readValue(home.app.store, 'directory_version')
    expect(await deactivate(home.app, member, nam.member, FROM)).toBe(true)
    expect(await presentOf(home.app, nam.token)).toBeNull()
    expect(await attempt(home, 'anh-nam', PASSWORD)).toBe('wrong')
    expect(await findStaff(home.app.store, nam.member.id)).toMatchObject({ active: false })
    expect(await readValue(home.app.store, 'directory_version')).not.toBe(before)
  })

  test('is never oneself, nor sent away by somebody who may not', async () => {
    const home = openApp()
    const { member } = await first(home)
    const nam = await invited(home, member, 'anh-nam')
    expect(await deactivate(home.app, member, member, FROM)).toBe(false)
    expect(await deactivate(home.app, nam.member, member, FROM)).toBe(false)
    expect(await changeRoles(home.app, member, member, ['counsellor'], FROM)).toBe(false)
    expect(await changeRoles(home.app, nam.member, nam.member, ['admin'], FROM)).toBe(false)
    expect(await changeRoles(home.app, member, nam.member, ['lead'], FROM)).toBe(true)
    expect(await present(home, nam.token)).toMatchObject({ member: { roles: ['lead'] } })
  })
})

test('all of this is in the audit, and the audit holds', async () => {
  const home = openApp()
  const { member } = await first(home)
  const nam = await invited(home, member, 'anh-nam')
  await attempt(home, 'anh-nam', 'sai')
  await changeRoles(home.app, member, nam.member, ['editor'], FROM)
  await deactivate(home.app, member, nam.member, FROM)
  const rows = await allOf(home.app.store, audit)
  const seen = (staff: string) => rows.filter((row) => row.staff === staff).map(({ action }) => action)
  expect(seen(member.id)).toEqual(['account.made', 'sign_in', 'staff.invite', 'staff.role', 'staff.deactivate'])
  expect(seen(nam.member.id)).toEqual(['account.made', 'sign_in', 'sign_in.failed'])
  expect(rows.every(({ source }) => source === FROM.address)).toBe(true)
  expect((await verifyAudit(home.app.store, home.app.vault)).flaws).toEqual([])
})
