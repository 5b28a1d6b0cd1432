import { eq, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { build, p, type Query, write } from './query.ts'
import { checkIn, referral, referralStep } from './referral-tables.ts'

export type ReferralEvent = Extract<
  Event,
  {
    type:
      | 'referral_offered'
      | 'referral_made'
      | 'referral_stepped'
      | 'check_ins_started'
      | 'check_ins_stopped'
      | 'check_in_asked'
      | 'check_in_ended'
  }
>

const offer = write(
  build.insert(referral).values({
    id: p('id'),
    contact: p('contact'),
    point: p('point'),
    service: p('service'),
    kind: p('kind'),
    state: 'offered',
    passes: p('passes'),
    code: p('code'),
    offeredBy: p('by'),
    offeredAt: p('at'),
    movedAt: p('at'),
  }),
)
const make = write(
  build
    .update(referral)
    .set({ state: 'made', consent: p('consent'), madeAt: p('at'), movedAt: p('at') } as never)
    .where(eq(referral.id, p('id'))),
)
const move = write(
  build
    .update(referral)
    .set({ state: p('to'), movedAt: p('at') } as never)
    .where(eq(referral.id, p('id'))),
)
const addStep = write(
  build.insert(referralStep).values({
    id: p('id'),
    referral: p('referral'),
    step: p('step'),
    at: p('at'),
    by: p('by'),
    note: p('note'),
  }),
)
const ask = write(
  build.insert(checkIn).values({
    id: p('id'),
    contact: p('contact'),
    point: p('point'),
    referral: p('referral'),
    askedAt: p('at'),
    state: 'asked',
  }),
)
const end = write(
  build
    .update(checkIn)
    .set({ state: p('as') as never, endedAt: p('at'), line: p('line') } as never)
    .where(eq(checkIn.id, p('id'))),
)

/** The rows that follow from an introduction, and from asking how it goes. */
export function projectReferral(one: ReferralEvent, contact: Id): readonly Query[] {
  switch (one.type) {
    case 'referral_offered': {
      const { id, point, service, kind, passes, code } = one.referral
      const { by, at } = one
      return [
        offer({ id, contact, point, service, kind, passes: JSON.stringify(passes), code, by, at }),
        addStep({ id: `${id}:offered`, referral: id, step: 'offered', at, by, note: null }),
      ]
    }
    case 'referral_made': {
      const { id, consent, by, at } = one
      return [make({ id, consent, at }), addStep({ id: `${id}:made`, referral: id, step: 'made', at, by, note: null })]
    }
    case 'referral_stepped': {
      const { id, referral: of, to, by, at, words } = one
      return [move({ id: of, to, at }), addStep({ id, referral: of, step: to, at, by, note: words?.id ?? null })]
    }
    case 'check_in_asked': {
      const { id, point, referral: of, at } = one
      return [ask({ id, contact, point, referral: of, at })]
    }
    case 'check_in_ended':
      return [end({ id: one.id, as: one.as, at: one.at, line: one.line })]
    // Kept in the conversation alone.
    case 'check_ins_started':
    case 'check_ins_stopped':
      return []
    default:
      return one satisfies never
  }
}

const ofContact = sql`select id from referral where contact = ${p('contact')}`

/** What an erasure takes of them: the counts stay, and lead back to nobody. The ids are computed from the contact. */
export const eraseReferrals = [
  write(build.delete(referralStep).where(sql`${referralStep.referral} in (${ofContact})`)),
  write(
    build
      .update(referral)
      .set({
        id: sql`lower(hex(randomblob(12)))`,
        contact: null,
        code: null,
        consent: null,
        state: sql`case when state = 'offered' then 'declined' else state end`,
      } as never)
      .where(eq(referral.contact, p('contact'))),
  ),
  write(
    build
      .update(checkIn)
      .set({
        id: sql`lower(hex(randomblob(12)))`,
        contact: null,
        referral: null,
        line: null,
        seenAt: sql`coalesce(seen_at, ${p('at')})`,
      } as never)
      .where(eq(checkIn.contact, p('contact'))),
  ),
]
