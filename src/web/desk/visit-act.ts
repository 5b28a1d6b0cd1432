import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { App } from '../../app/app.ts'
import { internal } from '../../app/handle.ts'
import type { Action } from '../../app/permissions.ts'
import type { Id } from '../../engine/content.ts'
import type { StaffAction } from '../../engine/conversation.ts'
import { refusalOf } from '../../store/decided.ts'
import { isKnown } from '../../store/load.ts'
import { entryFor } from '../signed-in.ts'
import type { DeskEnv } from './who.ts'

/**
 * What staff do with somebody's time goes through the one door.
 * @param does the form's id makes it happen once; `called` is what the audit notes
 * @returns why not, or null when it was done or had been before
 */
export async function actOnVisit(
  app: App,
  c: Context<DeskEnv>,
  { contact, seq }: { contact: Id; seq: number },
  does: { action: StaffAction; form: string; called: Action; point: Id },
): Promise<string | null> {
  const { action, form, called, point } = does
  const { id } = c.get('who')
  const key = `visit:${contact}:${action.type}:${form.slice(0, 100) || randomUUID()}`
  const note = entryFor(c, called, contact, { about: action.type, point })
  const result = await internal(app, contact, key, { type: 'staff', by: id, action }, { note })
  if (result === 'duplicate') return (await isKnown(app.store, app.vault.hashKey(`internal:${key}`))) ? null : 'gone'
  return refusalOf(app.store, contact, seq, id, action.type)
}
