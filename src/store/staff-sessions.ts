import { and, desc, eq, gt, lte, ne, or } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { StaffMember } from '../engine/staff.ts'
import { build, p, select, write } from './query.ts'
import { credential, staff, staffSession } from './schema.ts'
import type { Store } from './store.ts'

/** A tired officer may leave the desk for a meal and a round of visits, not for a night. */
export const IDLE_MS = 8 * 3_600_000
export const ABSOLUTE_MS = 7 * 24 * 3_600_000

export interface StaffSession {
  /** The hash of the cookie's token. */
  token: string
  staff: Id
  startedAt: Instant
  seenAt: Instant
  secondAt: Instant | null
  provedAt: Instant
  device: string
}

const columns = {
  token: staffSession.token,
  staff: staffSession.staff,
  startedAt: staffSession.startedAt,
  seenAt: staffSession.seenAt,
  secondAt: staffSession.secondAt,
  provedAt: staffSession.provedAt,
  device: staffSession.device,
}
const alive = and(
  gt(staffSession.seenAt, p('seenAfter') as never),
  gt(staffSession.startedAt, p('startedAfter') as never),
)
const limits = (now: Instant) => ({ seenAfter: now - IDLE_MS, startedAfter: now - ABSOLUTE_MS })

const present = select(
  build
    .select({ ...columns, body: staff.body, login: credential.login, totp: credential.totp })
    .from(staffSession)
    .innerJoin(staff, eq(staff.id, staffSession.staff))
    .innerJoin(credential, eq(credential.staff, staffSession.staff))
    .where(and(eq(staffSession.token, p('token') as never), alive)),
)

export interface Present {
  session: StaffSession
  member: StaffMember
  login: string
  /** Has a second factor been set up for the account. */
  hasSecond: boolean
}

/** Whose session this is, as they are known at this moment; null when it ended, ran out or its owner left. */
export async function findSession(store: Store, token: string, now: Instant): Promise<Present | null> {
  const row = (await store.read(present({ token, ...limits(now) })))[0]
  if (!row) return null
  const { body, login, totp, ...session } = row
  const member = JSON.parse(body) as StaffMember
  return member.active ? { session, member, login, hasSecond: totp !== null } : null
}

const ofStaff = select(
  build
    .select(columns)
    .from(staffSession)
    .where(and(eq(staffSession.staff, p('staff') as never), alive))
    .orderBy(desc(staffSession.seenAt)),
)

export async function sessionsOf(store: Store, staffId: Id, now: Instant): Promise<readonly StaffSession[]> {
  return store.read(ofStaff({ staff: staffId, ...limits(now) }))
}

export const addSession = write<{ [K in keyof StaffSession]: StaffSession[K] }>(
  build.insert(staffSession).values({
    token: p('token'),
    staff: p('staff'),
    startedAt: p('startedAt'),
    seenAt: p('seenAt'),
    secondAt: p('secondAt'),
    provedAt: p('provedAt'),
    device: p('device'),
  } as never),
)
export const seeSession = write<{ token: string; now: Instant }>(
  build
    .update(staffSession)
    .set({ seenAt: p('now') } as never)
    .where(eq(staffSession.token, p('token') as never)),
)
export const dropSession = write<{ token: string; staff: Id }>(
  build
    .delete(staffSession)
    .where(and(eq(staffSession.token, p('token') as never), eq(staffSession.staff, p('staff') as never))),
)
export const dropSessionsOf = write<{ staff: Id }>(
  build.delete(staffSession).where(eq(staffSession.staff, p('staff') as never)),
)
export const dropOtherSessions = write<{ staff: Id; token: string }>(
  build
    .delete(staffSession)
    .where(and(eq(staffSession.staff, p('staff') as never), ne(staffSession.token, p('token') as never))),
)
const dropOld = write(
  build
    .delete(staffSession)
    .where(
      or(lte(staffSession.seenAt, p('seenAfter') as never), lte(staffSession.startedAt, p('startedAfter') as never)),
    ),
)

/** Removes the rows of sessions that ran out. */
export const dropStaleSessions = (now: Instant) => dropOld(limits(now))
