import type { CallbackQuery, ChatMemberUpdated, Message, Update } from '@grammyjs/types'
import { z } from 'zod'
import type { Instant } from '../engine/content.ts'
import type { Media, VoiceNote } from '../engine/conversation.ts'
import type { Arrival } from './channel.ts'
import { VOICE_BYTES } from './download.ts'
import { commandToWords, entranceOf } from './telegram-commands.ts'
import { flattenRich } from './telegram-rich.ts'

/**
 * Buttons carry `v1:` and the choice. The strict form keeps a forged press from reaching the engine, and its
 * length is Telegram's 64 bytes.
 */
const BUTTON = /^v1:([A-Za-z0-9][A-Za-z0-9_.:/-]{0,60})$/

const chat = z.object({ id: z.number(), type: z.string() })
const user = z.object({ id: z.number(), is_bot: z.boolean().optional() })
const keyboard = z.object({
  inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))),
})
const file = z
  .object({ file_id: z.string(), duration: z.number().optional(), file_size: z.number().optional() })
  .optional()
  .catch(undefined)
const message = z.object({
  message_id: z.number(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  // A part that cannot be read must not lose the rest of what the person sent.
  voice: file,
  audio: file,
  contact: z.object({ phone_number: z.string(), user_id: z.number().optional() }).optional().catch(undefined),
})
/** The question whose button was pressed; an old one comes without its buttons. */
const asked = z.object({ chat, reply_markup: keyboard.optional().catch(undefined) })
const callback = z.object({ id: z.string(), from: user, message: asked.optional(), data: z.string().optional() })
const membership = z.object({ chat, date: z.number(), new_chat_member: z.object({ status: z.string() }) })
const envelope = z.object({ update_id: z.number() })

/** Fails to compile when a schema would turn away what the Bot API's types allow. */
type Reads<Schema extends z.ZodType, Official extends z.input<Schema>> = [Schema, Official]
export type Checked = [
  Reads<typeof message, Message>,
  Reads<typeof callback, CallbackQuery>,
  Reads<typeof membership, ChatMemberUpdated>,
  Reads<typeof envelope, Update>,
]

// Made once: a schema is compiled at its first use.
const looseMessage = message.loose()
const looseEnvelope = envelope.loose()
type Told = z.output<typeof looseMessage>

/** What an update asks of us; null when the body is no update at all. */
export interface Reading {
  arrival: Arrival | null
  /** The id of a button press, which is always answered so that the button stops spinning. */
  callback: string | null
}

const NOTHING: Reading = { arrival: null, callback: null }

export function readUpdate(body: unknown, now: Instant): Reading | null {
  const update = looseEnvelope.safeParse(body).data
  if (update === undefined) return null
  const key = String(update.update_id)
  const told = looseMessage.safeParse(update.message).data
  if (told !== undefined) return { arrival: readMessage(key, told, false), callback: null }
  const edited = looseMessage.safeParse(update.edited_message).data
  if (edited !== undefined) return { arrival: readMessage(key, edited, true), callback: null }
  const pressed = callback.safeParse(update.callback_query).data
  if (pressed !== undefined) return { arrival: readPress(key, pressed, now), callback: pressed.id }
  const member = membership.safeParse(update.my_chat_member).data
  if (member !== undefined) return { arrival: readReach(key, member), callback: null }
  return NOTHING
}

// Keys hold more than update_id: after a quiet week Telegram starts again at a random number.

function readMessage(key: string, told: Told, edited: boolean): Arrival | null {
  if (told.chat.type !== 'private' || told.from?.is_bot === true) return null
  const content = readContent(told)
  if (content === null) return null
  return {
    key: edited ? `${key}:${told.message_id}:${told.edit_date ?? told.date}` : `${key}:${told.message_id}`,
    handle: String(told.chat.id),
    at: told.date * 1000,
    event: { type: 'message', ...content, ...(edited ? { edited: true } : {}) },
  }
}

function readContent(told: Told): { text: string; media?: Media; voice?: VoiceNote; entrance?: string } | null {
  if (told.text !== undefined) {
    const entrance = entranceOf(told.text)
    return { text: commandToWords(told.text), ...(entrance === null ? {} : { entrance }) }
  }
  if (told.contact !== undefined) {
    // Somebody else's card is not this person's number.
    const own = told.contact.user_id !== undefined && told.contact.user_id === told.from?.id
    return own ? { text: told.contact.phone_number, media: 'contact' } : { text: '', media: 'unsupported' }
  }
  if (SERVICE.some((kind) => told[kind] !== undefined)) return null
  const text = told.caption ?? flattenRich(told.rich_message)
  const media = MEDIA.find(([kind]) => told[kind] !== undefined)?.[1]
  if (media === undefined && told.rich_message !== undefined && text !== '') return { text }
  const sound = media === 'voice' ? (told.voice ?? told.audio) : undefined
  return { text, media: media ?? 'unsupported', ...(sound ? { voice: voiceNote(sound) } : {}) }
}

function voiceNote({ file_id: ref, duration, file_size: size = 0 }: NonNullable<z.output<typeof file>>): VoiceNote {
  return { ref, seconds: duration ?? null, ...(size > VOICE_BYTES ? { tooLong: true as const } : {}) }
}

function readPress(key: string, pressed: z.output<typeof callback>, now: Instant): Arrival | null {
  const question = pressed.message
  if (question === undefined || question.chat.type !== 'private' || pressed.from.is_bot === true) return null
  const choice = BUTTON.exec(pressed.data ?? '')?.[1]
  const buttons = question.reply_markup?.inline_keyboard.flat() ?? []
  const text = buttons.find((b) => b.callback_data !== undefined && b.callback_data === pressed.data)?.text ?? ''
  return {
    key: `${key}:${pressed.id}`,
    handle: String(question.chat.id),
    at: now, // the message's own date is when the question was sent
    event: {
      type: 'message',
      text,
      ...(choice === undefined ? {} : { choice }),
      // A button we no longer know still deserves an answer.
      ...(choice === undefined && text === '' ? { media: 'unsupported' } : {}),
    },
  }
}

function readReach(key: string, member: z.output<typeof membership>): Arrival | null {
  const { status } = member.new_chat_member
  if (member.chat.type !== 'private' || (status !== 'kicked' && status !== 'member')) return null
  return {
    key: `${key}:reach:${member.date}`,
    handle: String(member.chat.id),
    at: member.date * 1000,
    event: { type: 'reach', reachable: status === 'member' },
  }
}

/** The callback data of a choice, or null when it would not come back whole. */
export function toButton(data: string): string | null {
  const packed = `v1:${data}`
  return BUTTON.test(packed) ? packed : null
}

/** The most telling kind first: an animation is a document too, a live photo a photo. */
const MEDIA = [
  ['animation', 'video'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['photo', 'photo'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['sticker', 'sticker'],
  ['location', 'location'],
  ['document', 'file'],
] as const satisfies readonly (readonly [keyof Message, Media])[]

/** What a chat does by itself: nobody said anything, so nobody waits for an answer. */
const SERVICE = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'connected_website',
  'chat_background_set',
  'boost_added',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'proximity_alert_triggered',
] as const satisfies readonly (keyof Message)[]
