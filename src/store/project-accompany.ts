import { and, eq, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { accompaniment, ownPlan, progress } from './accompany-tables.ts'
import { build, p, type Query, write } from './query.ts'
import { words } from './schema.ts'

export type AccompanyEvent = Extract<
  Event,
  {
    type:
      | 'supporter_offered'
      | 'supporter_assigned'
      | 'supporter_ended'
      | 'supporter_scheduled'
      | 'supporter_met'
      | 'progress_noted'
      | 'plan_kept'
      | 'plan_dropped'
      | 'line_closed'
  }
>

const offer = write(
  build.insert(accompaniment).values({
    id: p('id'),
    contact: p('contact'),
    supporter: p('supporter'),
    point: p('point'),
    state: 'offered',
    offeredBy: p('by'),
    offeredAt: p('at'),
  }),
)
const assign = write(
  build
    .update(accompaniment)
    .set({
      state: 'assigned',
      point: p('point'),
      every: p('every'),
      nextOn: p('nextOn'),
      consent: p('consent'),
      assignedAt: p('at'),
    } as never)
    .where(eq(accompaniment.id, p('id'))),
)
const end = write(
  build
    .update(accompaniment)
    .set({ state: p('how'), nextOn: null, endedAt: p('at') } as never)
    .where(eq(accompaniment.id, p('id'))),
)
const schedule = write(
  build
    .update(accompaniment)
    .set({ every: p('every'), nextOn: p('nextOn') } as never)
    .where(eq(accompaniment.id, p('id'))),
)
const meet = write(
  build
    .update(accompaniment)
    .set({ lastOn: sql`max(coalesce(last_on, ''), ${p('on')})`, nextOn: p('nextOn') } as never)
    .where(eq(accompaniment.id, p('id'))),
)
const noteMonth = write(
  build
    .insert(progress)
    .values({
      id: p('id'),
      contact: p('contact'),
      month: p('month'),
      side: p('side') as never,
      scores: p('scores'),
      club: p('club'),
      by: p('by'),
      at: p('at'),
    })
    .onConflictDoUpdate({
      target: [progress.contact, progress.month, progress.side],
      set: { scores: p('scores'), club: p('club'), by: p('by'), at: p('at') } as never,
    }),
)
const keepPlan = write(
  build
    .insert(ownPlan)
    .values({ id: p('id'), contact: p('contact'), madeAt: p('at'), changedAt: p('at'), club: p('club') })
    .onConflictDoUpdate({ target: ownPlan.id, set: { changedAt: p('at'), club: p('club') } as never }),
)
const dropPlan = write(
  build
    .update(ownPlan)
    .set({ endedAt: p('at') } as never)
    .where(eq(ownPlan.id, p('id'))),
)
/** The person still sees it in their own chat; no list of lines for staff holds this kind. */
const closeLine = write(
  build
    .update(words)
    .set({ kind: 'own' } as never)
    .where(and(eq(words.id, p('id')), eq(words.contact, p('contact')), eq(words.kind, 'you'))),
)

const dropOwnLines = write(
  build.delete(words).where(and(eq(words.contact, p('contact')), sql`${words.kind} in ('own', 'own_bot')`)),
)

/** The rows that follow from walking beside somebody. */
export function projectAccompany(one: AccompanyEvent, contact: Id): readonly Query[] {
  switch (one.type) {
    case 'supporter_offered': {
      const { id, supporter, point, by, at } = one
      return [offer({ id, contact, supporter, point, by, at })]
    }
    case 'supporter_assigned': {
      const { id, point, every, nextOn, consent, at } = one
      return [assign({ id, point, every, nextOn, consent, at })]
    }
    case 'supporter_ended':
      return [end({ id: one.id, how: one.how, at: one.at })]
    case 'supporter_scheduled':
      return [schedule({ id: one.id, every: one.every, nextOn: one.nextOn })]
    case 'supporter_met':
      return [meet({ id: one.id, on: one.on, nextOn: one.nextOn })]
    case 'progress_noted': {
      const { id, month, side, scores, club, by, at } = one
      return [noteMonth({ id, contact, month, side, scores: JSON.stringify(scores), club, by, at })]
    }
    case 'plan_kept':
      return [keepPlan({ id: one.id, contact, club: one.club, at: one.at })]
    case 'plan_dropped':
      return [dropPlan({ id: one.id, at: one.at }), dropOwnLines({ contact })]
    case 'line_closed':
      return [closeLine({ id: one.id, contact })]
    default:
      return one satisfies never
  }
}

/** Every id that was computed from a person would lead back to them. */
const drawn = sql`lower(hex(randomblob(12)))`

/** What an erasure takes: names and scores go; the counts stay, and lead back to nobody. */
export const eraseAccompany = [
  write(
    build
      .update(accompaniment)
      .set({
        id: drawn,
        contact: null,
        consent: null,
        nextOn: null,
        state: sql`case state when 'assigned' then 'ended' when 'offered' then 'declined' else state end`,
        endedAt: sql`coalesce(ended_at, ${p('at')})`,
      } as never)
      .where(eq(accompaniment.contact, p('contact'))),
  ),
  // One row is left for each month, so that a month is counted once.
  write(
    build
      .delete(progress)
      .where(
        sql`${progress.contact} = ${p('contact')} and ${progress.side} = 'supporter' and exists (select 1 from progress own where own.contact = ${p('contact')} and own.month = progress.month and own.side = 'self')`,
      ),
  ),
  write(
    build
      .update(progress)
      .set({ id: drawn, contact: null, scores: null } as never)
      .where(eq(progress.contact, p('contact'))),
  ),
  write(
    build
      .update(ownPlan)
      .set({ id: drawn, contact: null, endedAt: sql`coalesce(ended_at, ${p('at')})` } as never)
      .where(eq(ownPlan.contact, p('contact'))),
  ),
]
