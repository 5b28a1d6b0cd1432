import { formatDateTime } from '../engine/hours.ts'
import { DAYTIME, isCalm } from '../engine/visits/calm.ts'
import { LANES } from '../store/project.ts'
import { toPhones } from '../store/staff-phones.ts'
import { classesToRemind, reminding, seatsOf } from '../store/training.ts'
import type { App } from './app.ts'

const BEFORE_MS = 30 * 3_600_000

/** Staff who signed up for a class hear of it on their linked phones the day before, in the daytime, once. */
export async function remindOfClasses(app: App): Promise<void> {
  const now = app.now()
  if (!isCalm(now, DAYTIME, app.directory().calendar)) return
  for (const one of await classesToRemind(app.store, now, now + BEFORE_MS)) {
    const staff = (await seatsOf(app.store, [one.id])).flatMap((seat) => (seat.state === 'signed' ? [seat.staff] : []))
    const text = `${formatDateTime(one.startsAt)}, ${one.place}: ${one.title}`
    const message = { blocks: [{ key: 'dien-thoai.lop', fills: { text: { type: 'text', text } } }] } as const
    const id = `lop.${one.id}.`
    await app.store.batch([
      reminding(one.id, now),
      toPhones({ id, staff, lane: LANES.conversation, kind: 'staff_alert', message, words: null, at: now }),
    ])
  }
}
