import { destroyKeys, erasuresWithKeys, removeErased, settledErasures } from '../store/erasure.ts'
import type { App } from './app.ts'
import { each } from './each.ts'
import { exclusively } from './handle.ts'

const HOUR_MS = 3_600_000

/** Makes what was sealed before an erasure unreadable, in backups too. */
export async function destroyOldKeys(app: App): Promise<void> {
  const erasures = await erasuresWithKeys(app.store, app.limits.erasures)
  await each(app, 'keys', erasures, (one) => destroyKeys(app.store, app.vault, one, app.now()))
}

/** Brings every erasure to its end, wherever a crash or a slow receipt left it. */
export async function finishErasures(app: App): Promise<void> {
  await destroyOldKeys(app)
  const settled = await settledErasures(app.store, app.now() - HOUR_MS, app.limits.erasures)
  await each(app, 'erasures', settled, (one) =>
    exclusively(app, one.contact, () => removeErased(app.store, app.vault, one, app.now(), app.limits.underwayMs)),
  )
}
