import type { App } from '../../app/app.ts'
import type { Id } from '../../engine/content.ts'
import { shortCode } from '../../engine/short-code.ts'
import { namesOf } from '../../store/clubs.ts'

interface Named {
  contact: Id
  name: Id | null
}

/** How people of a club are called: as they wished, else by the code of their record. */
export async function clubNames(app: App, rows: readonly Named[]): Promise<(row: Named) => string> {
  const names = await namesOf(
    app.store,
    app.vault,
    rows.flatMap(({ name }) => name ?? []),
  )
  return ({ name, contact }) => (name !== null && names.get(name)) || `Hội viên ${shortCode(contact)}`
}
