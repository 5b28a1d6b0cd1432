import { conversations, createConversation } from '@grammyjs/conversations'
import { GrammyError, session } from 'grammy'
import { AGE, ASK_AGE, ASK_NAME, LAST, NAME, START, thanks } from '../engine/conversation.mjs'
import { stubbedClientBot, textUpdate } from '../engine/grammy-stub.mjs'
import { fail, judge, none, pause, run } from './verdict.ts'

/** Webhook manner: an update is acknowledged when its handler has ended, delivered again when it threw. */
const kind = process.argv[2]
const CHAT = 7
const ALL = [ASK_NAME, ASK_AGE, LAST].join(' | ')

function world(rows = new Map(), flow = two) {
  const heard = []
  const fates = []
  // As a database has: every access takes a moment.
  const storage = {
    async read(key) {
      await pause(2)
      return rows.has(key) ? JSON.parse(rows.get(key)) : undefined
    },
    async write(key, value) {
      await pause(2)
      rows.set(key, JSON.stringify(value))
    },
    async delete(key) {
      await pause(2)
      rows.delete(key)
    },
  }
  const bot = stubbedClientBot(async (text) => {
    const fate = fates.shift()
    if (fate) await fate()
    heard.push(text)
  })
  if (kind === 'session') addSession(bot, storage)
  else addConversation(bot, storage, flow)
  return { bot, heard, fates, rows, say: (text, update = textUpdate(CHAT, text)) => bot.handleUpdate(update) }
}

function addSession(bot, storage) {
  bot.use(session({ initial: () => ({ step: 'new', name: null }), storage }))
  bot.on('message:text', async (ctx) => {
    const { text } = ctx.message
    if (text === '/delete') {
      ctx.session = undefined
      return
    }
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
}

async function two(conversation, ctx) {
  await ctx.reply(ASK_NAME)
  const name = (await conversation.waitFor('message:text')).message.text
  await ctx.reply(ASK_AGE)
  let age = ''
  while (!/^\d+$/.test(age)) age = (await conversation.waitFor('message:text')).message.text
  await ctx.reply(thanks(name, age))
}

/** The same with a question added in front, as an author would. */
async function three(conversation, ctx) {
  await ctx.reply('Bạn ở xã nào?')
  await conversation.waitFor('message:text')
  return two(conversation, ctx)
}

function addConversation(bot, storage, flow) {
  bot.use(conversations({ storage }))
  bot.use(createConversation(flow, 'two'))
  bot.command('delete', (ctx) => ctx.conversation.exit('two'))
  bot.on('message:text', (ctx) =>
    ctx.message.text === '/delete' ? ctx.conversation.exit('two') : ctx.conversation.enter('two'),
  )
}

/** Delivers an update until it is taken, as the platform does. */
async function deliver(one, text, tries = 3) {
  const update = textUpdate(CHAT, text)
  for (let i = 0; i < tries; i++) {
    try {
      await one.say(text, update)
      return true
    } catch {}
  }
  return false
}

const refuse = (code, more) => async () => {
  throw new GrammyError(
    'refused',
    { ok: false, error_code: code, description: 'x', parameters: more },
    'sendMessage',
    {},
  )
}

const heardIs = (one) => `heard ${one.heard.join(' | ')}`

const card = {
  async duplicate() {
    const one = world()
    for (const text of [START, NAME, AGE]) {
      const update = textUpdate(CHAT, text)
      await one.say(text, update)
      await one.say(text, update)
    }
    return judge(one.heard.join(' | ') === ALL, 'told apart', `taken as another message: ${heardIs(one)}`)
  },
  async order() {
    const one = world()
    await one.say(START)
    await Promise.all([one.say(NAME), one.say(AGE)])
    return judge(
      one.heard.join(' | ') === ALL,
      'in order',
      `both read the same state: ${heardIs(one)} (another plugin would queue them)`,
    )
  },
  async replying() {
    const one = world()
    let end
    one.fates.push(() => new Promise((resolve) => (end = resolve)))
    const first = one.say(START)
    await pause(30)
    const second = one.say(NAME)
    await pause(30)
    end()
    await Promise.all([first, second])
    return judge(
      one.heard.join(' | ') === [ASK_NAME, ASK_AGE].join(' | '),
      'in order',
      `state is kept only after sending: ${heardIs(one)}`,
    )
  },
  handoff: async () => none('knows no humans who answer'),
  async edit() {
    if (kind === 'session') return none('the flow is code over a step; what a change means is up to its author')
    const before = world()
    await before.say(START)
    const after = world(before.rows, three)
    await after.say(NAME)
    await after.say(AGE)
    const ok = after.heard.join(' | ') === [ASK_AGE, LAST].join(' | ')
    return judge(ok, 'goes on', `replays the old answers into the new questions: ${heardIs(after)}`)
  },
  async restart() {
    const dying = world()
    dying.fates.push(() => new Promise(() => undefined))
    const update = textUpdate(CHAT, START)
    dying.say(START, update)
    await pause(30)
    const next = world(dying.rows)
    await next.say(START, update)
    return judge(
      next.heard.join(' | ') === ASK_NAME,
      'not acknowledged, so delivered and answered again',
      heardIs(next),
    )
  },
  async 429() {
    const one = world()
    one.fates.push(refuse(429, { retry_after: 1 }))
    const taken = await deliver(one, START)
    await deliver(one, NAME)
    const ok = taken && one.heard.join(' | ') === [ASK_NAME, ASK_AGE].join(' | ')
    return judge(ok, 'the handler throws and the update comes again; the wait itself is not kept', heardIs(one))
  },
  async blocked() {
    const one = world()
    for (let i = 0; i < 3; i++) one.fates.push(refuse(403))
    const taken = await deliver(one, START)
    return judge(taken, 'taken', 'an exception each time the update comes again; nothing remembers the block')
  },
  holiday: async () => none('knows no shifts'),
  reminder: async () => none('knows no reminders'),
  async delete() {
    const one = world()
    await one.say(START)
    let end
    one.fates.push(() => new Promise((resolve) => (end = resolve)))
    const first = one.say(NAME)
    await pause(30)
    await one.say('/delete')
    end()
    await first.catch(() => undefined)
    const left = [...one.rows.values()].join('')
    return judge(
      !left.includes(JSON.stringify(NAME)) && !left.includes(`\\"${NAME}\\"`),
      'gone',
      'the handler that was sending writes the deleted state back',
    )
  },
  async clock() {
    const real = Date.now
    const one = world()
    await one.say(START)
    Date.now = () => real() - 3_600_000
    await one.say(NAME)
    Date.now = () => real() + 86_400_000
    await one.say(AGE)
    Date.now = real
    return judge(one.heard.join(' | ') === ALL, 'asks no clock', heardIs(one))
  },
}

void fail
console.log(JSON.stringify(await run(card)))
process.exit(0)
