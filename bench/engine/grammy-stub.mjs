import { Bot } from 'grammy'

/** A bot that knows itself and whose calls are answered in place; what it said last is kept. */
export function stubbedBot(say) {
  const bot = new Bot('1:bench', {
    botInfo: { id: 1, is_bot: true, first_name: 'b', username: 'b', can_join_groups: false, can_read_all_group_messages: false, supports_inline_queries: false },
  })
  bot.api.config.use(answerInPlace(say))
  return bot
}

/** Takes the place of every call over the network. */
export function answerInPlace(say) {
  return async (_previous, method, payload) => {
    if (method === 'sendMessage') await say(payload.text)
    return { ok: true, result: { message_id: 1, date: 0, chat: { id: payload.chat_id, type: 'private' }, text: payload.text } }
  }
}

let serial = 0
export function textUpdate(chat, text) {
  serial += 1
  const from = { id: chat, is_bot: false, first_name: 'B' }
  return {
    update_id: serial,
    message: { message_id: serial, date: 1_789_000_000, chat: { id: chat, type: 'private', first_name: 'B' }, from, text },
  }
}

/** Keeps a chat's state as JSON text. */
export function jsonStorage() {
  const rows = new Map()
  return {
    read: (key) => (rows.has(key) ? JSON.parse(rows.get(key)) : undefined),
    write: (key, value) => void rows.set(key, JSON.stringify(value)),
    delete: (key) => void rows.delete(key),
  }
}
