import { assign, createActor, setup } from 'xstate'
import { AGE, ASK_AGE, ASK_NAME, NAME, START, thanks } from './conversation.mjs'

const machine = setup({}).createMachine({
  id: 'two',
  initial: 'new',
  context: { name: null, age: null, said: '' },
  states: {
    new: { on: { text: { target: 'name', actions: assign({ said: () => ASK_NAME }) } } },
    name: {
      on: { text: { target: 'age', actions: assign({ name: ({ event }) => event.text, said: () => ASK_AGE }) } },
    },
    age: {
      on: {
        text: {
          guard: ({ event }) => /^\d+$/.test(event.text),
          target: 'done',
          actions: assign({
            age: ({ event }) => Number(event.text),
            said: ({ context, event }) => thanks(context.name, event.text),
          }),
        },
      },
    },
    done: { type: 'final' },
  },
})

export const peer = {
  name: 'XState, persisted snapshot each turn',
  package: 'xstate',
  note: '',
  async talk(say) {
    let stored = null
    let last = ''
    for (const text of [START, NAME, AGE]) {
      const actor = createActor(machine, stored === null ? {} : { snapshot: JSON.parse(stored) })
      actor.start()
      actor.send({ type: 'text', text })
      const snapshot = actor.getPersistedSnapshot()
      last = await say(snapshot.context.said)
      stored = JSON.stringify(snapshot)
      actor.stop()
    }
    return last
  },
}
