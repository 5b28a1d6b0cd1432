import type { App } from '../../app/app.ts'
import { zoned } from '../../engine/clock/zone.ts'
import type { Id } from '../../engine/content.ts'
import { dayOf } from '../../engine/hours.ts'
import { clubPlans, clubProgress } from '../../store/accompany.ts'
import { clubSizes } from '../../store/clubs.ts'

/** A count of fewer people than this would tell of one of them. */
const SMALL = 5
const MONTHS = 6

export interface ClubProgressView {
  months: readonly { month: string; members: number; evaluated: string }[]
  /** How many have a plan of their own; null: too few people to say. */
  plans: string | null
}

/** How many members have their month written down, and a plan of their own: counts only, and none of a handful. */
export async function clubProgressView(app: App, club: Id): Promise<ClubProgressView> {
  const now = zoned(app.now())
  const names = Array.from({ length: MONTHS }, (_, back) =>
    dayOf(now.subtract({ months: back }).epochMilliseconds).slice(0, 7),
  )
  const size = (await clubSizes(app.store)).get(club) ?? 0
  return {
    months: (await clubProgress(app.store, club, names)).map(({ month, members, evaluated }) => ({
      month: month.split('-').reverse().join('/'),
      members,
      evaluated: members < SMALL ? '–' : String(evaluated),
    })),
    plans: size < SMALL ? null : String(await clubPlans(app.store, club)),
  }
}
