import type { Directory } from '../engine/facts.ts'
import { mayAnswer } from '../engine/staff.ts'
import { heldTickets } from '../store/tickets.ts'
import type { App } from './app.ts'
import { each } from './each.ts'
import { internal } from './handle.ts'

/** The directory whose holders have all been looked at. */
const looked = new WeakMap<App, Directory>()

/**
 * Gives tickets to others whose holder left, or came to belong to the police without having been chosen. Looked for at
 * a start and whenever the directory changed, so a crash between the change and this loses nobody.
 */
export async function releaseLostHolds(app: App): Promise<void> {
  const directory = app.directory()
  if (looked.get(app) === directory) return
  const lost = (await heldTickets(app.store)).filter(({ heldBy, chosePolice }) => {
    const holder = directory.staff.find(({ id }) => id === heldBy)
    return holder !== undefined && !mayAnswer(holder, chosePolice)
  })
  const now = lost.slice(0, app.limits.holds)
  await each(app, 'holds', now, ({ id, contact, heldBy }) => {
    const timer = { id: `${contact}:holder`, kind: 'holder_left' as const, dueAt: app.now() }
    return internal(app, contact, `holder:${id}:${heldBy}:${app.now()}`, { type: 'timer', timer })
  })
  if (lost.length <= app.limits.holds) looked.set(app, directory)
}
