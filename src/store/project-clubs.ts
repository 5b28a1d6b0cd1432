import { eq, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { clubMember, meeting } from './club-tables.ts'
import { build, p, type Query, write } from './query.ts'
import { timer } from './schema.ts'
import { appointment } from './visit-tables.ts'

export type ClubEvent = Extract<
  Event,
  { type: 'club_invited' | 'club_joined' | 'club_left' | 'meeting_answered' | 'meeting_moved' }
>

const invite = write(
  build.insert(clubMember).values({
    id: p('id'),
    club: p('club'),
    contact: p('contact'),
    state: 'invited',
    legalGroup: p('group') as never,
    followUp: false,
    invitedBy: p('by'),
    invitedAt: p('at'),
  }),
)
const join = write(
  build
    .update(clubMember)
    .set({ state: 'member', name: p('name'), followUp: p('followUp'), joinedAt: p('at') } as never)
    .where(eq(clubMember.id, p('id'))),
)
/** Whoever never joined said no. */
const leave = write(
  build
    .update(clubMember)
    .set({
      state: sql`case state when 'member' then 'left' else 'declined' end`,
      name: null,
      endedAt: p('at'),
    } as never)
    .where(eq(clubMember.id, p('id'))),
)
/** Every timer has an id of its own, so that one set in the midst of another's turn is not lost with it. */
const drawn = sql`lower(hex(randomblob(6)))`
const hearOfComing = write(
  build
    .insert(timer)
    .select(
      sql`select 'buoi:' || ${meeting.id} || ':' || ${drawn}, ${p('contact')}, 'meeting', ${p('at')}, 0 from ${meeting} where ${meeting.club} = ${p('club')} and ${meeting.state} = 'planned' and ${meeting.announcedAt} is not null and ${meeting.startsAt} > ${p('at')}`,
    ),
)
const answer = write(
  build
    .update(appointment)
    .set({
      state: p('state'),
      queuedAt: sql`case when ${p('state')} = 'waiting' then coalesce(queued_at, ${p('at')}) end`,
    } as never)
    .where(eq(appointment.id, p('id'))),
)
const moveMeeting = write(
  build
    .update(appointment)
    .set({ state: p('state'), startsAt: p('startsAt'), minutes: p('minutes') } as never)
    .where(eq(appointment.id, p('id'))),
)
const waiting = (of: ReturnType<typeof sql>) =>
  sql`select 'buoi:' || w.meeting || ':' || ${drawn}, w.contact, 'meeting', ${p('at')}, 0 from appointment w where w.state = 'waiting' and w.contact <> ${p('contact')} and w.meeting in (${of})`
/** A seat may be free: whoever waits looks again, and takes it when it is their turn. */
const wakeOf = write(
  build
    .insert(timer)
    .select(waiting(sql`select meeting from appointment where id = ${p('id')} and meeting is not null`)),
)
export const wakeWaiting = (id: Id, contact: Id, at: number): Query => wakeOf({ id, contact, at })

/** The rows that follow from what happened to somebody's place in a club or a meeting, but for the seats themselves. */
export function projectClub(one: ClubEvent, contact: Id, at: number): readonly Query[] {
  switch (one.type) {
    case 'club_invited':
      return [invite({ id: one.id, club: one.club, contact, group: one.group, by: one.by, at })]
    case 'club_joined':
      return [
        join({ id: one.id, name: one.name, followUp: one.followUp, at }),
        hearOfComing({ contact, club: one.club, at }),
      ]
    case 'club_left':
      return [leave({ id: one.id, at })]
    case 'meeting_answered':
      return [answer({ id: one.id, state: one.as, at: one.at }), wakeWaiting(one.id, contact, at)]
    case 'meeting_moved':
      return [moveMeeting({ id: one.id, state: one.state, startsAt: one.startsAt, minutes: one.minutes })]
    default:
      return one satisfies never
  }
}

/** What an erasure takes of them, before their appointments lose their name; the counts stay, and lead back to nobody. */
export const eraseClubs = [
  write(
    build
      .insert(timer)
      .select(
        waiting(
          sql`select meeting from appointment where contact = ${p('contact')} and meeting is not null and ended_at is null`,
        ),
      ),
  ),
  write(
    build
      .update(clubMember)
      .set({
        state: sql`case state when 'member' then 'left' when 'invited' then 'declined' else state end`,
        endedAt: sql`coalesce(ended_at, ${p('at')})`,
        id: drawn,
        name: null,
        contact: null,
      } as never)
      .where(eq(clubMember.contact, p('contact'))),
  ),
]
