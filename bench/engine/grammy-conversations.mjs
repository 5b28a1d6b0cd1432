import { conversations, createConversation } from '@grammyjs/conversations'
import { AGE, ASK_AGE, ASK_NAME, NAME, START, thanks } from './conversation.mjs'
import { jsonStorage, stubbedClientBot, textUpdate } from './grammy-stub.mjs'

export function conversationsBot(say, storage = jsonStorage(), words = { ASK_NAME, ASK_AGE }) {
  const bot = stubbedClientBot(say)
  bot.use(conversations({ storage }))
  bot.use(
    createConversation(async function two(conversation, ctx) {
      await ctx.reply(words.ASK_NAME)
      const name = (await conversation.waitFor('message:text')).message.text
      await ctx.reply(words.ASK_AGE)
      let age = ''
      while (!/^\d+$/.test(age)) age = (await conversation.waitFor('message:text')).message.text
      await ctx.reply(thanks(name, age))
    }),
  )
  bot.on('message:text', (ctx) => ctx.conversation.enter('two'))
  return bot
}

let bot
let last = ''
let chat = 0
export const peer = {
  name: 'grammY conversations',
  package: '@grammyjs/conversations',
  note: 'replays the conversation from its beginning each turn',
  async talk(say) {
    bot ??= conversationsBot(async (text) => {
      last = await say(text)
    })
    chat = (chat % 500) + 1
    for (const text of [START, NAME, AGE]) await bot.handleUpdate(textUpdate(chat, text))
    return last
  },
}
