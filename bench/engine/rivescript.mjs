import RiveScript from 'rivescript'
import { AGE, ASK_AGE, ASK_NAME, NAME, START } from './conversation.mjs'

const other = (i) => `+ câu hỏi số ${i} về điều trị\n- Trả lời ${i}.\n`
const brain = (others) => `
! version = 2.0

+ bắt đầu
- ${ASK_NAME}

+ *
% chào bạn bạn tên gì
- <set name=<formal>>${ASK_AGE}

+ #
% bạn bao nhiêu tuổi
- Cảm ơn <get name>, <star> tuổi.

${Array.from({ length: others }, (_, i) => other(i)).join('\n')}
+ *
- Mình chưa hiểu.
`

let bot
let user = 0
async function ready(others) {
  const made = new RiveScript({ utf8: true })
  if (!made.stream(brain(others))) throw new Error('the brain has errors')
  made.sortReplies()
  return made
}

/** `others`: how many patterns stand beside those of the two questions. */
export const pattern = (others, name) => ({
  name,
  package: 'rivescript',
  note: 'a pattern bot; its user variables are the state',
  async talk(say) {
    bot ??= await ready(others)
    user = (user % 500) + 1
    const id = `u${user}`
    let stored = null
    let last = ''
    for (const text of [START, NAME, AGE]) {
      await bot.clearUservars(id)
      if (stored !== null) await bot.setUservars(id, JSON.parse(stored))
      last = await say(await bot.reply(id, text))
      stored = JSON.stringify(await bot.getUservars(id))
    }
    return last
  },
})
