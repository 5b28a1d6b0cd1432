import type { Id, Message } from '../engine/content.ts'
import type { InboundEvent, Priority, StaffAction } from '../engine/conversation.ts'
import { shortCode } from '../engine/short-code.ts'
import { answersByPhone } from '../engine/staff.ts'
import type { Commit } from '../store/commit.ts'
import { isKnown, load } from '../store/load.ts'
import { relayRow } from '../store/project.ts'
import {
  answerPhone,
  type Called,
  newestWords,
  type StaffPhone,
  staffPhoneAt,
  ticketsOf,
} from '../store/staff-phones.ts'
import type { App } from './app.ts'
import { drain } from './deliver.ts'
import { exclusively, internal } from './handle.ts'
import type { Action } from './permissions.ts'
import { type PhoneWord, readPhone, saying } from './staff-phone-words.ts'

const RECENT_MS = 7 * 86_400_000
const LISTED = 20
/** What the person wrote last, for whoever takes a ticket on the phone. */
const LINES_BEFORE = 3

interface Answer {
  say: Message
  current: Id | null
  unlink?: true
}

/**
 * A message from a member's own chat. It acts through the one door, whose key makes it happen once; what is said back is
 * read from what then holds, so that it is the truth also when two phones were quick.
 */
export function hearPhone(app: App, seen: StaffPhone, key: string, event: InboundEvent): Promise<Commit> {
  return exclusively(app, seen.contact, async () => {
    const word = readPhone(event)
    const phone = await staffPhoneAt(app.store, seen.address)
    if (word.type === 'nothing' || !phone || (await isKnown(app.store, key))) return 'duplicate'
    const { say, current, unlink = false } = await answer(app, phone, key, word)
    try {
      await answerPhone(app.store, phone, { key, at: app.now(), say, current, unlink })
    } catch (error) {
      if (await isKnown(app.store, key)) return 'duplicate'
      throw error
    }
    app.later(drain(app, [1]))
    return 'committed'
  })
}

async function answer(app: App, phone: StaffPhone, key: string, word: PhoneWord): Promise<Answer> {
  const member = app.directory().staff.find(({ id }) => id === phone.staff)
  if (!member?.active) return { say: saying('dien-thoai.het-quyen'), current: null, unlink: true }
  const stay = (say: Message): Answer => ({ say, current: phone.current })
  switch (word.type) {
    case 'take':
    case 'close':
    case 'hand_back':
    case 'switch':
      return onTicket(app, phone, key, word.type, word.code)
    case 'list':
      return stay(list(app, phone, await ticketsOf(app.store, phone.staff, app.now())))
    case 'unlink':
      return { say: saying('dien-thoai.da-ngat'), current: null, unlink: true }
    case 'text':
      return reply(app, phone, key, word.text)
    case 'unclear':
      return stay(saying('dien-thoai.chua-ro'))
    case 'help':
    case 'nothing':
      return stay(saying('dien-thoai.tro-giup'))
    default:
      return word satisfies never
  }
}

type Verb = 'take' | 'close' | 'hand_back' | 'switch'

async function onTicket(app: App, phone: StaffPhone, key: string, verb: Verb, code: string): Promise<Answer> {
  const stay = (name: string): Answer => ({ say: saying(`dien-thoai.${name}`, { code }), current: phone.current })
  const all = await ticketsOf(app.store, phone.staff, app.now() - RECENT_MS)
  const named = all.filter(({ id }) => shortCode(id) === code)
  const open = named.filter(({ closedAt }) => closedAt === null)
  const ticket = open[0]
  if (open.length > 1) return stay('trung-ma')
  if (!ticket?.contact) return stay(named.length > 0 ? 'da-xong-roi' : 'khong-thay')
  const { id, contact } = ticket
  if (verb === 'switch') {
    if (!answersByPhone(app.directory(), phone.staff)) return stay('mo-ban')
    return ticket.heldBy === phone.staff ? { ...stay('da-chuyen'), current: id } : stay('chua-nhan')
  }
  if (verb !== 'take' && ticket.heldBy !== phone.staff) return stay('chua-nhan')
  await act(app, phone, ticket, key, { type: verb })
  const now = (await load(app.store, contact)).conversation.ticket
  const over = now?.id !== id
  if (verb === 'take') {
    if (over) return stay('da-xong-roi')
    if (now.heldBy === null) return stay('khong-nhan-duoc')
    return now.heldBy === phone.staff ? taken(app, phone, key, ticket) : stay('da-co-nguoi')
  }
  const current = over && phone.current === id ? null : phone.current
  if (!over) return stay('chua-nhan')
  return { ...stay(verb === 'close' ? 'da-dong' : 'da-tra'), current }
}

/** What the audit calls it, as the desk does. */
const NOTED: Readonly<Record<PhoneAction['type'], Action>> = {
  take: 'ticket.take',
  reply: 'ticket.reply',
  transfer: 'ticket.transfer',
  note: 'note.write',
  hand_back: 'ticket.close',
  close: 'ticket.close',
}
type PhoneAction = Extract<StaffAction, { type: 'take' | 'reply' | 'transfer' | 'note' | 'hand_back' | 'close' }>

function act(app: App, { staff }: StaffPhone, ticket: Called, key: string, action: PhoneAction): Promise<Commit> {
  const { id: about, contact, point } = ticket
  const note = { staff, at: app.now(), action: NOTED[action.type], contact, about, point, source: 'phone' }
  return internal(app, contact!, `phone:${key}`, { type: 'staff', by: staff, action }, { note })
}

/** The first conversation taken opens on the phone by itself; another is opened only by "chuyển". */
async function taken(app: App, phone: StaffPhone, key: string, { id, contact }: Called): Promise<Answer> {
  const code = shortCode(id)
  if (!answersByPhone(app.directory(), phone.staff) || contact === null)
    return { say: saying('dien-thoai.da-nhan', { code }), current: phone.current }
  const lines = await newestWords(app.store, contact, LINES_BEFORE)
  // Named for the person's turns, so that their erasure finds them.
  await app.store.batch(lines.map((line) => relayRow(`${line}.taken.${key}.`, phone.staff, id, line, app.now())))
  const held = await heldBy(app, phone.staff)
  const other = held.find((one) => one.id === phone.current && one.id !== id)
  if (other) return { say: saying('dien-thoai.da-nhan-them', { code, other: shortCode(other.id) }), current: other.id }
  return { say: saying('dien-thoai.da-nhan-tra-loi', { code }), current: id }
}

async function heldBy(app: App, staff: Id): Promise<readonly Called[]> {
  return (await ticketsOf(app.store, staff, app.now() + 1)).filter(
    (one) => one.closedAt === null && one.heldBy === staff,
  )
}

/** Words go to the open conversation of this phone, or to the only one held; anything else is asked about. */
async function reply(app: App, phone: StaffPhone, key: string, text: string): Promise<Answer> {
  const { current } = phone
  const held = await heldBy(app, phone.staff)
  if (held.length === 0) return { say: saying('dien-thoai.tro-giup'), current: null }
  if (!answersByPhone(app.directory(), phone.staff)) return { say: saying('dien-thoai.mo-ban'), current }
  const open = held.find(({ id }) => id === current) ?? (current === null && held.length === 1 ? held[0] : undefined)
  if (!open?.contact) {
    const codes = held.map(({ id }) => shortCode(id)).join(', ')
    return { say: saying('dien-thoai.cuoc-nao', { codes }), current: null }
  }
  await act(app, phone, open, key, { type: 'reply', text })
  const now = (await load(app.store, open.contact)).conversation.ticket
  const code = shortCode(open.id)
  if (now?.id !== open.id || now.heldBy !== phone.staff)
    return { say: saying('dien-thoai.khong-gui', { code }), current: null }
  return { say: saying('dien-thoai.da-gui', { code }), current: open.id }
}

const PRIORITIES: Readonly<Record<Priority, string>> = {
  emergency: 'dien-thoai.muc.emergency',
  urgent: 'dien-thoai.muc.urgent',
  routine: 'dien-thoai.muc.routine',
}

/** Codes, how serious and how long: nothing about anybody. */
function list(app: App, phone: StaffPhone, all: readonly Called[]): Message {
  const waiting = all.filter((one) => one.closedAt === null && (one.heldBy === null || one.heldBy === phone.staff))
  if (waiting.length === 0) return saying('dien-thoai.khong-co-cuoc')
  const blocks = waiting.slice(0, LISTED).map((one) => ({
    key: one.heldBy === null ? 'dien-thoai.dong-cho' : 'dien-thoai.dong-giu',
    fills: {
      code: { type: 'text' as const, text: shortCode(one.id) },
      priority: { type: 'words' as const, key: PRIORITIES[one.priority] },
      minutes: { type: 'text' as const, text: String(Math.max(0, Math.floor((app.now() - one.openedAt) / 60_000))) },
    },
  }))
  return { blocks: [...saying('dien-thoai.danh-sach', { count: String(waiting.length) }).blocks, ...blocks] }
}
