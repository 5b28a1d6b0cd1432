import { pointOfClub } from '../engine/clubs/club.ts'
import type { Club } from '../engine/facts.ts'
import type { App } from './app.ts'
import type { About } from './permissions.ts'

/** How a club stands to whoever acts on it: the point behind it, the tier above, and the accounts of its board. */
export function aboutClub(app: App, club: Club): About {
  const { points } = app.directory()
  const point = pointOfClub({ points }, club)
  return { point, above: points.find(({ id }) => id === point)?.above, board: club.keepers ?? [] }
}
