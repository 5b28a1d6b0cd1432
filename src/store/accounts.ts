import { and, desc, eq, exists, gt, isNull, lt, lte, or } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, type Query, returning, select, write } from './query.ts'
import { credential, invitation, recoveryCode } from './schema.ts'
import type { Store } from './store.ts'

export interface Credential {
  staff: Id
  login: string
  password: string
  totp: Uint8Array | null
  totpStep: number | null
}

const columns = {
  staff: credential.staff,
  login: credential.login,
  password: credential.password,
  totp: credential.totp,
  totpStep: credential.totpStep,
}
const byLogin = select(
  build
    .select(columns)
    .from(credential)
    .where(eq(credential.login, p('login') as never)),
)
const byStaff = select(
  build
    .select(columns)
    .from(credential)
    .where(eq(credential.staff, p('staff') as never)),
)
const byInvitation = select(
  build
    .select({ staff: credential.staff })
    .from(credential)
    .where(eq(credential.invitation, p('invitation') as never)),
)

export async function credentialOf(store: Store, staff: Id): Promise<Credential | null> {
  return (await store.read(byStaff({ staff })))[0] ?? null
}

export async function credentialByLogin(store: Store, login: string): Promise<Credential | null> {
  return (await store.read(byLogin({ login })))[0] ?? null
}

/** Has an account been made with this invitation. */
export async function isUsed(store: Store, invitation: string): Promise<boolean> {
  return (await store.read(byInvitation({ invitation })))[0] !== undefined
}

/** Its unique columns say no to a second account of the same login name or the same invitation. */
export const addCredential = write<{ staff: Id; login: string; password: string; invitation: string }>(
  build.insert(credential).values({
    staff: p('staff'),
    login: p('login'),
    password: p('password'),
    invitation: p('invitation'),
  } as never),
)
export const putPassword = write<{ staff: Id; password: string }>(
  build
    .update(credential)
    .set({ password: p('password') } as never)
    .where(eq(credential.staff, p('staff') as never)),
)
export const putTotp = write<{ staff: Id; totp: Buffer; totpStep: number }>(
  build
    .update(credential)
    .set({ totp: p('totp'), totpStep: p('totpStep') } as never)
    .where(eq(credential.staff, p('staff') as never)),
)

const spendStep = returning(
  build
    .update(credential)
    .set({ totpStep: p('step') } as never)
    .where(
      and(
        eq(credential.staff, p('staff') as never),
        or(isNull(credential.totpStep), lt(credential.totpStep, p('step') as never)),
      ),
    )
    .returning({ staff: credential.staff }),
  { staff: credential.staff },
)

/** Uses up the code of a time step, and of every step before it; false when it was used already. */
export async function spendTotp(store: Store, staff: Id, step: number): Promise<boolean> {
  return (await store.returning(spendStep({ staff, step }))).length > 0
}

const dropCodes = write(build.delete(recoveryCode).where(eq(recoveryCode.staff, p('staff') as never)))
const addCode = write(build.insert(recoveryCode).values({ code: p('code'), staff: p('staff') }))

/** Makes these the only recovery codes of a member of staff. */
export function replacingCodes(staff: Id, hashes: readonly string[]): Query[] {
  return [dropCodes({ staff }), ...hashes.map((code) => addCode({ code, staff }))]
}

const takeCode = returning(
  build
    .delete(recoveryCode)
    .where(and(eq(recoveryCode.staff, p('staff') as never), eq(recoveryCode.code, p('code') as never)))
    .returning({ code: recoveryCode.code }),
  { code: recoveryCode.code },
)

/** Uses up a recovery code; false when it is none, or none any more. */
export async function spendCode(store: Store, staff: Id, code: string): Promise<boolean> {
  return (await store.returning(takeCode({ staff, code }))).length > 0
}

const codesOf = select(
  build
    .select({ code: recoveryCode.code })
    .from(recoveryCode)
    .where(eq(recoveryCode.staff, p('staff') as never)),
)

export async function countCodes(store: Store, staff: Id): Promise<number> {
  return (await store.read(codesOf({ staff }))).length
}

export interface InvitationRow {
  token: string
  body: string
  invitedBy: Id
  expiresAt: Instant
}

export const addInvitation = write<{ token: string; body: string; invitedBy: Id; expiresAt: Instant }>(
  build
    .insert(invitation)
    .values({ token: p('token'), body: p('body'), invitedBy: p('invitedBy'), expiresAt: p('expiresAt') }),
)
export const dropInvitation = write<{ token: string }>(
  build.delete(invitation).where(eq(invitation.token, p('token') as never)),
)

const invitationColumns = {
  token: invitation.token,
  body: invitation.body,
  invitedBy: invitation.invitedBy,
  expiresAt: invitation.expiresAt,
}
const openInvitation = select(
  build
    .select(invitationColumns)
    .from(invitation)
    .where(and(eq(invitation.token, p('token') as never), gt(invitation.expiresAt, p('now') as never))),
)
export async function findInvitation(store: Store, token: string, now: Instant): Promise<InvitationRow | null> {
  return (await store.read(openInvitation({ token, now })))[0] ?? null
}

const invitations = select(
  build.select(invitationColumns).from(invitation).orderBy(desc(invitation.expiresAt), invitation.token).limit(200),
)
/** What nobody has taken yet, the newest first; one that ran out stays a while, so that it can say so. */
export async function allInvitations(store: Store): Promise<readonly InvitationRow[]> {
  return store.read(invitations({}))
}

/** The new password goes in only while the link that lets it is there: of two who use it at once one changes nothing. */
export const resetPassword = write<{ staff: Id; password: string; token: string }>(
  build
    .update(credential)
    .set({ password: p('password'), invitation: p('token') } as never)
    .where(
      and(
        eq(credential.staff, p('staff') as never),
        exists(
          build
            .select({ token: invitation.token })
            .from(invitation)
            .where(eq(invitation.token, p('token') as never)),
        ),
      ),
    ),
)
/** The account begins without a second factor again, as on its first day. */
export function forgettingSecond(staff: Id): Query[] {
  return [dropTotp({ staff }), dropCodes({ staff })]
}
const dropTotp = write<{ staff: Id }>(
  build
    .update(credential)
    .set({ totp: null, totpStep: null } as never)
    .where(eq(credential.staff, p('staff') as never)),
)

/** Forgets invitations nobody took, a week after they ran out. */
export const dropStaleInvitations = write<{ now: Instant }>(
  build.delete(invitation).where(lte(invitation.expiresAt, p('now') as never)),
)
