import { AGE, LAST, NAME } from '../engine/conversation.mjs'
import { answer, begin } from '../engine/floip.mjs'
import { judge, none, run } from './verdict.ts'

const HOST = 'a library without sending: its host decides'

const card = {
  async duplicate() {
    let { stored } = await begin()
    let said = ''
    for (const text of [NAME, NAME, AGE, AGE]) ({ stored, said } = await answer(stored, text))
    return judge(said === LAST, 'told apart', `the second one is the next answer: “${said}”`)
  },
  async order() {
    const { stored } = await begin()
    const [, second] = await Promise.all([answer(stored, NAME), answer(stored, AGE)])
    return judge(second.said === LAST, 'in order', 'both start from the same context; the host must queue them')
  },
  replying: async () => none(HOST),
  handoff: async () => none('knows no humans who answer'),
  async edit() {
    let { stored } = await begin()
    // The new flow has another first question; who waits goes on in the flow inside the stored context.
    let said = ''
    for (const text of [NAME, AGE]) ({ stored, said } = await answer(stored, text))
    return judge(said === LAST, 'the whole flow lies in the stored context, so old words stay too', `“${said}”`)
  },
  restart: async () => none(HOST),
  429: async () => none(HOST),
  blocked: async () => none(HOST),
  holiday: async () => none('knows no shifts'),
  reminder: async () => none('knows no reminders'),
  delete: async () => none(HOST),
  async clock() {
    const real = Date.now
    let { stored } = await begin()
    let said = ''
    Date.now = () => real() - 3_600_000
    ;({ stored, said } = await answer(stored, NAME))
    Date.now = () => real() + 86_400_000
    ;({ stored, said } = await answer(stored, AGE))
    Date.now = real
    return judge(said === LAST, 'only notes times', `“${said}”`)
  },
}

console.log(JSON.stringify(await run(card)))
process.exit(0)
