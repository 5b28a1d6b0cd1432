import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { JOIN_MS, OVER } from '../engine/join.ts'
import { consent } from './enrolment-tables.ts'
import { channelJoin } from './join-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import { chatLink, slip, timer } from './schema.ts'
import type { Store } from './store.ts'

export type JoinEvent = Extract<
  Event,
  { type: 'join_asked' | 'join_heard' | 'join_refused' | 'channels_joined' | 'channels_parted' | 'join_over' }
>

/** The other chat is asked too, in a turn of its own. */
const askOther = write(
  build
    .insert(timer)
    .values({ id: p('id'), contact: p('other'), kind: 'join', dueAt: p('at'), round: 0 })
    .onConflictDoNothing(),
)
/** Only while the yes of the other chat stands: it may have been erased meanwhile, and begun anew since. */
const join = write(
  build
    .insert(channelJoin)
    .select(
      sql`select ${p('code')}, ${p('first')}, ${p('second')}, ${p('at')} where exists (select 1 from consent where contact = ${p('second')} and purpose = 'join' and withdrawn_at is null)`,
    ),
)
/** Its yes is to end unless the other says yes too: by then the question there has lapsed. */
const lapse = write(
  build
    .insert(timer)
    .select(
      sql`select ${p('id')}, ${p('contact')}, 'join', ${p('at')}, 0 where not exists (select 1 from channel_join where ${p('contact')} in (first, second))`,
    )
    .onConflictDoNothing(),
)
const lapseNow = write(
  build
    .update(timer)
    .set({ dueAt: p('at') } as never)
    .where(sql`${timer.id} >= ${p('code')} || ':' and ${timer.id} < ${p('code')} || ';'`),
)
/** Who is joined keeps their yes, whatever else of theirs was to lapse. */
const keepYes = write(
  build
    .delete(timer)
    .where(
      sql`${timer.contact} in (${p('first')}, ${p('second')}) and ${timer.id} >= ${`noi:${OVER}:`} and ${timer.id} < ${`noi:${OVER};`} and exists (select 1 from channel_join where code = ${p('code')})`,
    ),
)
const over = (code: string, contact: Id) => `noi:${OVER}:${code}:${contact}`
/** The other chats are to know that they are joined no more, but for one that is still joined to a third. */
export const tellingParted = write(
  build
    .insert(timer)
    .select(
      sql`select 'noi:' || ${OVER} || ':' || code || ':' || other, other, 'join', ${p('at')}, 0 from (select code, case when first = ${p('contact')} then second else first end as other from channel_join where ${p('contact')} in (first, second)) as pair where not exists (select 1 from channel_join as third where pair.other in (third.first, third.second) and ${p('contact')} not in (third.first, third.second))`,
    )
    .onConflictDoNothing(),
)
const useUp = write(build.delete(slip).where(eq(slip.code, p('code'))))
export const partingChannels = write(
  build.delete(channelJoin).where(or(eq(channelJoin.first, p('contact')), eq(channelJoin.second, p('contact')))),
)

/** What another chat is still to be asked about this one goes with it: its timer names both. */
export const forgetAsking = write(
  build
    .delete(timer)
    .where(
      sql`${timer.id} >= 'noi:' and ${timer.id} < 'noi;' and substr(${timer.id}, -length(${p('contact')}) - 1) = ':' || ${p('contact')}`,
    ),
)

/** Timers of this kind name the code and the chat it was typed into; of a join that is over, the chat whose yes ends. */
export const projectJoin = (one: JoinEvent, contact: Id, at: Instant): readonly Query[] => {
  switch (one.type) {
    case 'join_asked':
      return [
        askOther({ id: `noi:${one.code}:${contact}`, other: one.other, at: one.at }),
        lapse({ id: over(one.code, contact), contact, at: one.at + 2 * JOIN_MS }),
      ]
    case 'channels_joined':
      return [
        useUp({ code: one.code }),
        join({ code: one.code, first: contact, second: one.other, at: one.at }),
        keepYes({ code: one.code, first: contact, second: one.other }),
      ]
    case 'join_refused':
      return [useUp({ code: one.code }), lapseNow({ at, code: `noi:${OVER}:${one.code}` })]
    case 'channels_parted':
      return [tellingParted({ contact, at }), partingChannels({ contact })]
    case 'join_heard':
    case 'join_over':
      return []
    default:
      return one satisfies never
  }
}

const pairs = select(
  build
    .select({ other: sql<string>`case when first = ${p('contact')} then second else first end`.as('other') })
    .from(channelJoin)
    .where(or(eq(channelJoin.first, p('contact') as never), eq(channelJoin.second, p('contact') as never))),
)
const links = select(
  build
    .select({
      other:
        sql<string>`case when ${chatLink.walkIn} = ${p('contact')} then ${chatLink.contact} else ${chatLink.walkIn} end`.as(
          'other',
        ),
    })
    .from(chatLink)
    .where(
      and(
        or(eq(chatLink.walkIn, p('contact') as never), eq(chatLink.contact, p('contact') as never)),
        isNull(chatLink.endedAt),
      ),
    ),
)

/** The other chats and records of this person, as far as they were joined with a code and a yes. */
export async function alsoOf(store: Store, contact: Id): Promise<readonly Id[]> {
  const found = [...(await store.read(pairs({ contact }))), ...(await store.read(links({ contact })))]
  return [...new Set(found.map(({ other }) => other))]
}

const standing = select(
  build
    .select({ id: consent.id })
    .from(consent)
    .where(sql`${consent.contact} = ${p('contact')} and ${consent.purpose} = 'join' and ${consent.withdrawnAt} is null`)
    .limit(1),
)

/** Has this chat said yes to being joined, and not taken it back. */
export async function agreesToJoin(store: Store, contact: Id): Promise<boolean> {
  return (await store.read(standing({ contact }))).length > 0
}
