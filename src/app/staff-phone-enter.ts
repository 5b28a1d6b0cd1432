import type { Id } from '../engine/content.ts'
import type { InboundEvent } from '../engine/conversation.ts'
import { isKnown, load } from '../store/load.ts'
import { countTries, linkStaffPhone, noteTry, staffOfCode } from '../store/staff-phone-links.ts'
import { sayTo, staffPhoneAt } from '../store/staff-phones.ts'
import type { App } from './app.ts'
import { drain } from './deliver.ts'
import { exclusively, internal, type Origin } from './handle.ts'
import { hashCode } from './staff-phone-link.ts'
import { bareCapitals, saying } from './staff-phone-words.ts'

const TRIES = 5
const TRIES_MS = 60 * 60_000
const REQUEST = /^LIEN\s+KET\s+([A-Z0-9]{4})[-–\s]?([A-Z0-9]{4})[.!]?$/

/** Does this look like a code: nothing else costs an ordinary message a look. */
export function asksToLink(event: InboundEvent): boolean {
  return event.type === 'message' && REQUEST.test(bareCapitals(event.text))
}

export interface Linker {
  key: string
  contact: Id
  address: Id
  origin: Origin
}

/**
 * The only way a chat becomes a staff phone: the valid code, sent from it. False when the message is an ordinary one,
 * which a wrong or old code is too: nobody learns here that codes exist.
 */
export async function linkPhone(app: App, from: Linker, event: InboundEvent): Promise<boolean> {
  if (event.type !== 'message' || event.edited || app.channels.get(from.origin.channel)?.limits.canPush !== true)
    return false
  const [, first, second] = REQUEST.exec(bareCapitals(event.text)) ?? []
  if (first === undefined || second === undefined || (await isKnown(app.store, from.key))) return false
  const now = app.now()
  const who = app.vault.hashToken(`link try:${from.address}`)
  if ((await countTries(app.store, who, now - TRIES_MS)) >= TRIES) return false
  const code = hashCode(app, first + second)
  const staff = await staffOfCode(app.store, code, now)
  const member = app.directory().staff.find(({ id }) => id === staff)
  if (!member?.active) {
    await noteTry(app.store, who, now, now - TRIES_MS)
    return false
  }
  return (await forgetPerson(app, from)) ? become(app, from, code) : true
}

/** What was said here as a person is erased first; a request that waits for staff must not vanish with it. */
async function forgetPerson(app: App, { key, contact, address }: Linker): Promise<boolean> {
  const { conversation } = await load(app.store, contact)
  if (conversation.seq === 0) return true
  if (conversation.ticket) {
    await app.store.batch(sayTo(contact, address, key, saying('dien-thoai.dang-co-cuoc'), app.now()))
    app.later(drain(app, [1]))
    return false
  }
  const timer = { id: `${contact}:retention`, kind: 'retention' as const, dueAt: app.now() }
  await internal(app, contact, `link:${key}`, { type: 'timer', timer })
  return true
}

/** Within the person's own chain, so that no turn of theirs is under way. */
async function become(app: App, { key, contact: person, address, origin }: Linker, code: string): Promise<boolean> {
  const contact = `phone:${key}`
  const handle = await app.vault.seal(contact, `address:${address}`, origin.handle)
  const { channel, bot } = origin
  const link = { code, key, address, contact, channel, bot, handle, welcome: saying('dien-thoai.da-lien-ket') }
  await exclusively(app, person, () => linkStaffPhone(app.store, link, app.now()))
  const linked = (await staffPhoneAt(app.store, address))?.contact === contact
  if (linked) app.later(drain(app, [1]))
  return linked
}
