import { desc, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select } from './query.ts'
import type { Store } from './store.ts'

/** What a line of somebody's timeline is about; the page of each part says more to whoever may read it. */
export type PersonPart =
  | 'ticket_opened'
  | 'ticket_closed'
  | 'contact'
  | 'request'
  | 'visit'
  | 'referral'
  | 'supporter'
  | 'progress'
  | 'club'
  | 'consent_given'
  | 'consent_withdrawn'

/** One line: a code of the house, never a word of the person. */
export interface PersonLine {
  part: PersonPart
  at: Instant
  /** The id of the page it belongs to. */
  of: Id
  /** The state, the kind or the reason. */
  code: string
  /** The point whose staff may read it; null: of none. */
  point: Id | null
}

/** Seven hours ahead of UTC all year. */
const NOON = sql`'T05:00:00Z'`
const MOST = 300
/** D1 takes five selects in one union and no more. */
const unions = [
  sql`(
select 'none' as part, 0 as at, '' as "of", '' as code, null as point where 0
union all select 'ticket_opened', opened_at, id, reason, point from ticket where contact = ${p('contact')}
union all select 'ticket_closed', closed_at, id, coalesce(outcome, ''), point from ticket where contact = ${p('contact')} and closed_at is not null
union all select 'contact', strftime('%s', day || ${NOON}) * 1000, id, kind || ':' || outcome, point from contact_record where contact = ${p('contact')}
union all select 'request', s.at, e.id, s.step, e.point from enrolment_step s join enrolment e on e.id = s.enrolment where e.contact = ${p('contact')}
) as line`,
  sql`(
select 'none' as part, 0 as at, '' as "of", '' as code, null as point where 0
union all select 'visit', starts_at, id, kind || ':' || state, point from appointment where contact = ${p('contact')} and meeting is null and state not in ('moved', 'requested')
union all select 'referral', s.at, r.id, s.step, r.point from referral_step s join referral r on r.id = s.referral where r.contact = ${p('contact')}
union all select 'supporter', coalesce(ended_at, assigned_at, offered_at), id, state, point from accompaniment where contact = ${p('contact')}
union all select 'progress', at, id, month || ':' || side, null from progress where contact = ${p('contact')}
) as line`,
  sql`(
select 'none' as part, 0 as at, '' as "of", '' as code, null as point where 0
union all select 'club', coalesce(ended_at, joined_at, invited_at), club, state, null from club_member where contact = ${p('contact')}
union all select 'consent_given', given_at, id, purpose, null from consent where contact = ${p('contact')}
union all select 'consent_withdrawn', withdrawn_at, id, purpose, null from consent where contact = ${p('contact')} and withdrawn_at is not null
) as line`,
].map((lines) =>
  select(
    build
      .select({
        part: sql<PersonPart>`line.part`.as('part'),
        at: sql<number>`line.at`.as('at'),
        of: sql<string>`line."of"`.as('of'),
        code: sql<string>`line.code`.as('code'),
        point: sql<string | null>`line.point`.as('point'),
      })
      .from(lines)
      .orderBy(desc(sql`line.at`))
      .limit(MOST),
  ),
)

/** Everything the house keeps of one person, the newest first, as codes. */
export async function personLines(store: Store, contact: Id): Promise<readonly PersonLine[]> {
  const found = await Promise.all(unions.map((timeline) => store.read(timeline({ contact }))))
  return found
    .flat()
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST)
}
