import { Bot } from 'grammy'

const botInfo = {
  id: 1,
  is_bot: true,
  first_name: 'b',
  username: 'b',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
}

const sent = (chat_id, text) => ({
  ok: true,
  result: { message_id: 1, date: 0, chat: { id: chat_id, type: 'private' }, text },
})

/** A bot that knows itself and whose calls are answered in place. */
export function stubbedBot(say) {
  const bot = new Bot('1:bench', { botInfo })
  bot.api.config.use(async (_previous, method, payload) => {
    if (method === 'sendMessage') await say(payload.text)
    return sent(payload.chat_id, payload.text)
  })
  return bot
}

/** The same one layer lower, for the plugin that makes an API object of its own. */
export function stubbedClientBot(say) {
  const fetch = async (_url, { body }) => {
    const { chat_id, text } = JSON.parse(body)
    await say(text)
    return { json: async () => sent(chat_id, text) }
  }
  return new Bot('1:bench', { botInfo, client: { fetch } })
}

let serial = 0
export function textUpdate(chat, text) {
  serial += 1
  const from = { id: chat, is_bot: false, first_name: 'B' }
  return {
    update_id: serial,
    message: {
      message_id: serial,
      date: 1_789_000_000,
      chat: { id: chat, type: 'private', first_name: 'B' },
      from,
      text,
    },
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
