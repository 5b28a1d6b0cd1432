import type { StaffMember } from '../engine/staff.ts'
import { type BroadcastRow, type Reach, reachOf } from '../store/broadcasts.ts'
import type { App } from './app.ts'
import { may } from './permissions.ts'

/** Up to so many people whoever wrote it may let it go; above, a second person reads it first. */
export const APPROVE_ABOVE = 20
/** Where nobody else could approve, its writer may after this time, reading it once more. */
export const ALONE_WAITS_MS = 60 * 60_000

/** Whether this member may let a message go to so many people now, or why not. */
export type Approval = 'yes' | 'not_allowed' | 'not_alone' | 'not_yet'

export function aboutOf(app: App, { point }: Pick<BroadcastRow, 'point'>) {
  return { point, above: app.directory().points.find(({ id }) => id === point)?.above }
}

export function approvalOf(app: App, row: BroadcastRow, people: number, member: StaffMember): Approval {
  const about = aboutOf(app, row)
  if (!may('broadcast.write', member, about)) return 'not_allowed'
  const lead = may('broadcast.approve', member, about)
  if (row.by !== member.id) return lead ? 'yes' : 'not_allowed'
  if (people <= APPROVE_ABOVE) return 'yes'
  const others = app.directory().staff.some((one) => one.id !== row.by && may('broadcast.approve', one, about))
  if (others) return 'not_alone'
  return app.now() >= row.createdAt + ALONE_WAITS_MS ? 'yes' : 'not_yet'
}

/** To whom a message would go at this moment. */
export function aimOf(app: App, { point, audience }: Pick<BroadcastRow, 'point' | 'audience'>) {
  const served = app.directory().points.find(({ id }) => id === point)?.communes ?? []
  return { point, served, audience, now: app.now() }
}

export function reach(app: App, row: Pick<BroadcastRow, 'point' | 'audience'>): Promise<Reach> {
  return reachOf(app.store, aimOf(app, row))
}
