import { session } from 'grammy'
import { AGE, ASK_AGE, ASK_NAME, NAME, START, thanks } from './conversation.mjs'
import { jsonStorage, stubbedBot, textUpdate } from './grammy-stub.mjs'

export function sessionBot(say) {
  const bot = stubbedBot(say)
  bot.use(session({ initial: () => ({ step: 'new', name: null }), storage: jsonStorage() }))
  bot.on('message:text', async (ctx) => {
    const { text } = ctx.message
    switch (ctx.session.step) {
      case 'name':
        ctx.session.name = text
        ctx.session.step = 'age'
        return ctx.reply(ASK_AGE)
      case 'age':
        if (!/^\d+$/.test(text)) return ctx.reply(ASK_AGE)
        ctx.session.step = 'new'
        return ctx.reply(thanks(ctx.session.name, text))
      default:
        ctx.session.step = 'name'
        return ctx.reply(ASK_NAME)
    }
  })
  return bot
}

let bot
let last = ''
let chat = 0
export const peer = {
  name: 'grammY + session',
  package: 'grammy',
  note: 'no flow engine: a hand-written switch over a step',
  async talk(say) {
    bot ??= sessionBot(async (text) => {
      last = await say(text)
    })
    chat = (chat % 500) + 1
    for (const text of [START, NAME, AGE]) await bot.handleUpdate(textUpdate(chat, text))
    return last
  },
}
