import runner from '@floip/flow-runner'
import { AGE, ASK_AGE, ASK_NAME, NAME, thanks } from './conversation.mjs'

const { createContextDataObjectFor, FlowRunner } = runner
const id = (n) => `00000000-0000-4000-8000-00000000000${n}`
const block = (n, type, name, config, next) => ({
  uuid: id(n),
  name,
  type,
  config,
  exits: [
    {
      uuid: `10000000-0000-4000-8000-00000000000${n}`,
      default: true,
      tag: 'next',
      destination_block: next,
      config: {},
    },
  ],
})
const resource = (n, text) => ({
  uuid: `20000000-0000-4000-8000-00000000000${n}`,
  values: [{ value: text, content_type: 'TEXT', language_id: 'vi', modes: ['TEXT'] }],
})
const words = [
  resource(1, ASK_NAME),
  resource(2, ASK_AGE),
  resource(3, thanks('@flow.q_name.value', '@flow.q_age.value')),
]
const flow = {
  uuid: id(0),
  name: 'two questions',
  label: 'two questions',
  last_modified: '2026-11-21T00:00:00.000Z',
  interaction_timeout: 600,
  supported_modes: ['TEXT'],
  languages: [{ id: 'vi', label: 'vi', iso_639_3: 'vie' }],
  first_block_id: id(1),
  blocks: [
    block(1, 'MobilePrimitives.OpenResponse', 'q_name', { prompt: words[0].uuid }, id(2)),
    block(2, 'MobilePrimitives.OpenResponse', 'q_age', { prompt: words[1].uuid }, id(3)),
    block(3, 'MobilePrimitives.Message', 'q_thanks', { prompt: words[2].uuid }, undefined),
  ],
}
const contact = { id: '1', name: 'c', created_at: '2026-11-21T00:00:00.000Z' }

/** The state holds the flow too: that is how the runner persists, and its own documents say so. */
export async function begin() {
  const context = await createContextDataObjectFor(contact, [], '1', '1', [flow], 'vi', 'TEXT', words)
  const cursor = await new FlowRunner(context).run()
  return { stored: JSON.stringify(context), said: textOf(context, cursor) }
}

/** Takes one answer; the closing message needs nothing from the person and is run through in the same turn. */
export async function answer(before, text) {
  const context = JSON.parse(before)
  const one = new FlowRunner(context)
  if (!context.cursor) return { stored: before, said: '' }
  one.hydrateRichCursorFrom(context).prompt.value = text
  const cursor = await one.run()
  const said = cursor ? textOf(context, cursor) : ''
  if (cursor?.prompt.config.kind === 'Message') {
    cursor.prompt.value = null
    await one.run()
  }
  return { stored: JSON.stringify(context), said }
}

export const peer = {
  name: 'FLOIP flow-runner',
  package: '@floip/flow-runner',
  note: 'its context, with the flow inside as its documents say; the closing message is a fourth step, run in the third turn',
  async talk(say) {
    let { stored, said } = await begin()
    await say(said)
    for (const text of [NAME, AGE]) {
      ;({ stored, said } = await answer(stored, text))
      await say(said)
    }
    return said
  },
}

/** The words of the block that waits, as the runner evaluated and kept them. */
function textOf(context, cursor) {
  const { block_id } = cursor.interaction
  const { name } = flow.blocks.find((one) => one.uuid === block_id)
  return context.session_vars.block_interactions_by_block_name[name].text
}

// It writes a line for every question it waits at; printing is not what is measured.
console.info = () => undefined
