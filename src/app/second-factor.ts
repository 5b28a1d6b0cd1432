import { randomInt } from 'node:crypto'
import type { Id, Instant } from '../engine/content.ts'
import { credentialOf, putTotp, replacingCodes, spendCode, spendTotp } from '../store/accounts.ts'
import { record } from '../store/audit.ts'
import { dropOtherSessions, type Present } from '../store/staff-sessions.ts'
import type { App } from './app.ts'
import { entryOf, type From, type Proved, renewSession } from './sign-in.ts'
import { type Attempt, begin, succeed } from './throttling.ts'

const STEP_SECONDS = 30
const CODES = 10
/** No sign that is read for another one. */
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz'
const ISSUER = 'Dong Hanh'

const place = (staff: Id) => `credential:${staff}:totp`
const setupPlace = (staff: Id) => `setup:${staff}:totp`

/** Loaded when somebody first needs it: most of a service's life nobody does. */
const otp = () => import('otplib')

/** A fresh secret for a phone. It is kept nowhere until a code proves that the phone has it: the form carries it, sealed. */
export async function offerSecond(
  app: App,
  { member, login }: Present,
): Promise<{ secret: string; uri: string; sealed: string }> {
  const { generateSecret, generateURI } = await otp()
  const secret = generateSecret()
  return { secret, ...(await offerOf(app, member.id, login, secret, generateURI)) }
}

async function offerOf(
  app: App,
  staff: Id,
  login: string,
  secret: string,
  generateURI: (options: { issuer: string; label: string; secret: string }) => string,
) {
  const uri = generateURI({ issuer: ISSUER, label: login, secret })
  return { uri, sealed: app.vault.sealOwn(setupPlace(staff), secret).toString('base64url') }
}

/** The same offer again, after a code that did not fit; null when it was never ours. */
export async function reopenOffer(
  app: App,
  { member, login }: Present,
  sealed: string,
): Promise<{ secret: string; uri: string; sealed: string } | null> {
  const secret = openOffer(app, member.id, sealed)
  if (secret === null) return null
  return { secret, ...(await offerOf(app, member.id, login, secret, (await otp()).generateURI)) }
}

function openOffer(app: App, staff: Id, sealed: string): string | null {
  try {
    return app.vault.openOwn(setupPlace(staff), Buffer.from(sealed, 'base64url'))
  } catch {
    return null
  }
}

/** Keeps the secret once a code of it was typed; every other session ends, and recovery codes are given once. */
export async function acceptSecond(
  app: App,
  present: Present,
  given: { sealed: string; code: string },
  from: From,
): Promise<{ token: string; codes: readonly string[] } | 'wrong'> {
  const { member, session } = present
  const secret = openOffer(app, member.id, given.sealed)
  if (secret === null) return 'wrong'
  const step = await stepOf(secret, given.code, app.now())
  if (step === null) return 'wrong'
  const totp = app.vault.sealOwn(place(member.id), secret)
  const codes = makeCodes()
  await record(app.store, app.vault, entryOf(app, member, 'second.set', from), [
    putTotp({ staff: member.id, totp, totpStep: step }),
    ...replacingCodes(member.id, hashesOf(app, member.id, codes)),
    dropOtherSessions({ staff: member.id, token: session.token }),
  ])
  return { token: await renewSession(app, present, from, 'second.passed', app.now()), codes }
}

/** Passes the second factor with a code of the phone or a recovery code, each of which works once. */
export async function passSecond(app: App, present: Present, typed: string, from: From): Promise<Proved> {
  const { member } = present
  const attempt: Attempt = { of: `second:${member.id}`, address: null, browser: null }
  const wait = await begin(app, attempt)
  if (wait !== null) return { wait }
  const how = await spend(app, member.id, typed)
  if (how === null) {
    await record(app.store, app.vault, entryOf(app, member, 'second.failed', from))
    return 'wrong'
  }
  await succeed(app, attempt)
  return { token: await renewSession(app, present, from, how, app.now()) }
}

/** New recovery codes; the old ones end. They are shown once and kept as hashes. */
export async function renewCodes(app: App, { member }: Present, from: From): Promise<readonly string[]> {
  const codes = makeCodes()
  const writes = replacingCodes(member.id, hashesOf(app, member.id, codes))
  await record(app.store, app.vault, entryOf(app, member, 'codes.renewed', from), writes)
  return codes
}

async function spend(app: App, staff: Id, typed: string): Promise<string | null> {
  const code = typed.replaceAll(/[\s-]/g, '').toLowerCase()
  if (!/^\d{6}$/.test(code))
    return code !== '' && (await spendCode(app.store, staff, hashOf(app, staff, code))) ? 'second.recovered' : null
  const credential = await credentialOf(app.store, staff)
  if (!credential?.totp) return null
  const step = await stepOf(app.vault.openOwn(place(staff), credential.totp), code, app.now())
  return step !== null && (await spendTotp(app.store, staff, step)) ? 'second.passed' : null
}

/** The time step whose code this is, at most one away from now; null for none. */
async function stepOf(secret: string, typed: string, now: Instant): Promise<number | null> {
  const token = typed.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const epoch = Math.floor(now / 1000)
  const verdict = await (await otp()).verify({ secret, token, epoch, epochTolerance: STEP_SECONDS })
  return verdict.valid ? Math.floor(epoch / STEP_SECONDS) + verdict.delta : null
}

function makeCodes(): readonly string[] {
  return Array.from({ length: CODES }, () => {
    const signs = Array.from({ length: 10 }, () => SIGNS[randomInt(SIGNS.length)]).join('')
    return `${signs.slice(0, 5)}-${signs.slice(5)}`
  })
}

function hashOf(app: App, staff: Id, code: string): string {
  return app.vault.hashToken(`recovery:${staff}:${code}`)
}

function hashesOf(app: App, staff: Id, codes: readonly string[]): readonly string[] {
  return codes.map((code) => hashOf(app, staff, code.replace('-', '')))
}
