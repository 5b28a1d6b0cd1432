import type { Context, Env } from 'hono'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import type { Id } from '../../engine/content.ts'
import type { StaffMember } from '../../engine/staff.ts'
import type { Entry } from '../../store/audit.ts'
import type { Viewer } from '../../store/queue.ts'
import type { Reader } from '../pages/desk/frame.ts'
import { waysOf } from '../pages/ways.ts'
import { memberOf } from '../signed-in.ts'

/** The member of staff behind a request, as far as the desk needs to know them. */
export interface Who {
  id: Id
  /** How colleagues see them. */
  shownAs: string
  member: StaffMember
}

export interface DeskEnv extends Env {
  Variables: {
    who: Who
    /** The audit's row of the turn that this request asks for. */
    note?: Entry
    /** The ticket is over, and this reader may look back at it. */
    over?: boolean
  }
}

/** Who has signed in. The one place where the desk learns this. */
export function whoOf(c: Context): Who {
  const member = memberOf(c)
  return { id: member.id, shownAs: member.shownAs ?? 'Cán bộ', member }
}

export function readerOf({ shownAs, member }: Who): Reader {
  return { name: shownAs, ways: waysOf(member) }
}

/**
 * What this member of staff may see: their own point, those below it, what no point has yet, and what they hold;
 * police-affiliated staff only people who chose them. The permissions say the same of one ticket.
 */
export function viewerOf(app: App, { member }: Pick<Who, 'member'>): Viewer {
  const places = [{ id: member.point, above: null }, ...app.directory().points]
  const seen = places.flatMap(({ id: point, above }) =>
    point !== null && may('queue.view', member, { point, above, chosen: true }) ? [point] : [],
  )
  return {
    id: member.id,
    police: member.affiliation === 'cong_an',
    everywhere: may('queue.view', member, { point: 'elsewhere', chosen: true }),
    unplaced: may('queue.view', member, { point: null, chosen: true }),
    points: seen,
  }
}

/** The name of a member of staff, for colleagues. */
export function staffName(app: App, id: Id): string {
  return app.directory().staff.find((one) => one.id === id)?.shownAs ?? 'Cán bộ khác'
}
