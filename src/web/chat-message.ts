import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readEntrance } from '../engine/entrance.ts'
import { type ChatMessage, CONTEST_CHOICE, FIRST_CHOICES } from './chat-room.ts'

/** The longest message a page sends, in UTF-16 code units. */
export const TEXT_LIMIT = 8000

const Sent = z
  .object({
    id: z.uuid(),
    text: z.string().max(TEXT_LIMIT).optional(),
    choice: z.string().min(1).max(200).optional(),
    vao: z.string().max(60).optional(),
  })
  .refine((sent) => sent.choice !== undefined || (sent.text ?? '').trim() !== '')

/** A message as a page sent it, or null when it is none: a message says something or chooses something. */
export function readMessage(sent: unknown): ChatMessage | null {
  const parsed = Sent.safeParse(sent)
  if (!parsed.success) return null
  const { id, choice } = parsed.data
  const typed = (parsed.data.text ?? '').replaceAll('\r\n', '\n')
  // A first choice is also said in words, since no question of the bot stands before it.
  const text =
    typed.trim() !== '' ? typed : [CONTEST_CHOICE, ...FIRST_CHOICES].find((first) => first.id === choice)?.label
  const entrance = readEntrance(parsed.data.vao ?? '')
  return {
    id,
    ...(text === undefined ? {} : { text }),
    ...(choice === undefined ? {} : { choice }),
    ...(entrance === null ? {} : { entrance }),
  }
}

/**
 * A page taken back from history carries an old form id. The id sent on therefore stands for the form and its content:
 * a double press is one message, and other words are never mistaken for a repetition.
 */
export function oncePerContent(message: ChatMessage): ChatMessage {
  const hash = createHash('sha256')
    .update(JSON.stringify([message.id, message.text, message.choice]))
    .digest('hex')
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  return { ...message, id }
}
