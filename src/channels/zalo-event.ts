import { z } from 'zod'
import type { Instant } from '../engine/content.ts'
import type { Media, VoiceNote } from '../engine/conversation.ts'
import type { Arrival } from './channel.ts'

const id = z.union([z.string().min(1), z.number()]).transform(String)
const optionalText = z.string().optional().catch(undefined)

/** Only the chat is needed to answer somebody; everything else may be missing or change its form. */
const message = z.object({
  chat: z.object({ id, chat_type: optionalText }),
  from: z
    .object({ id: id.optional().catch(undefined), is_bot: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  message_id: id.optional().catch(undefined),
  date: z.coerce.number().positive().optional().catch(undefined),
  text: optionalText,
  caption: optionalText,
  voice_url: optionalText,
})
const event = z.object({ event_name: optionalText, message: z.unknown().optional() })
const wrapped = z.object({ result: z.record(z.string(), z.unknown()) })

type Told = z.output<typeof message>

export type Reading = { type: 'arrival'; arrival: Arrival } | { type: 'group'; chat: string } | { type: 'nothing' }

/**
 * Real deliveries are flat, the documentation wraps them in `result`: both are read. `fallbackKey` stands in
 * for a missing message id, so that a redelivery is still recognised.
 */
export function readEvent(body: unknown, fallbackKey: string, now: Instant): Reading {
  const { event_name: name, message: raw } = event.safeParse(wrapped.safeParse(body).data?.result ?? body).data ?? {}
  const told = message.safeParse(raw).data
  // Without a chat nobody can be answered; another bot, or our own echo, must not be.
  if (told === undefined || told.from?.is_bot === true) return { type: 'nothing' }
  if (told.chat.chat_type?.toUpperCase() === 'GROUP') return { type: 'group', chat: told.chat.id }
  if (!isPrivate(told)) return { type: 'nothing' }
  return {
    type: 'arrival',
    arrival: {
      key: `${told.chat.id}:${told.message_id ?? fallbackKey}`,
      handle: told.chat.id,
      at: told.date ?? now,
      event: { type: 'message', ...readContent(name, told) },
    },
  }
}

function isPrivate({ chat, from }: Told): boolean {
  if (chat.chat_type !== undefined) return chat.chat_type.toUpperCase() === 'PRIVATE'
  return from?.id === undefined || from.id === chat.id
}

function readContent(name: string | undefined, told: Told): { text: string; media?: Media; voice?: VoiceNote } {
  const text = told.text ?? told.caption ?? ''
  switch (name) {
    case 'message.text.received':
      return text === '' ? { text, media: 'unsupported' } : { text }
    case 'message.image.received':
      return { text, media: 'photo' }
    case 'message.voice.received':
      return { text, media: 'voice', ...(told.voice_url ? { voice: { ref: told.voice_url, seconds: null } } : {}) }
    case 'message.sticker.received':
      return { text, media: 'sticker' }
    default:
      // Unsupported, link, reaction, or new: Zalo hides what some people send, and they may need a person.
      return { text, media: 'unsupported' }
  }
}
