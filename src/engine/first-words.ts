import { parseAnswer, type Reading } from './answer.ts'
import { readNumber } from './clock/numbers.ts'
import { askAgain, takeAnswer } from './reply.ts'
import { emit, type Turn } from './turn.ts'
import { locate, startFlow } from './walk.ts'

/**
 * A first message that already answers the first question: the greeting stays, but the question goes. A number
 * answers nothing here, since no choices were shown yet.
 */
export function greetAndAnswer(turn: Turn, text: string, reading: Reading): boolean {
  if (readNumber(text) !== null) return false
  const trial: Turn = { ...turn, events: [...turn.events], blocks: [] }
  startFlow(trial, trial.book.home)
  const place = locate(trial)
  const options = trial.state.session?.options ?? []
  const context = { book: turn.book, directory: turn.facts.directory, at: turn.at }
  if (place?.node.type !== 'ask' || parseAnswer(place.node, options, text, context, reading).type === 'missed')
    return false
  const question = 'key' in place.node.words ? place.node.words.key : ''
  for (const event of trial.events.slice(turn.events.length)) {
    if (event.type === 'message_queued') turn.blocks.push(...event.message.blocks.filter((b) => b.key !== question))
    else emit(turn, event)
  }
  return takeAnswer(turn, text, null, reading) || askAgain(turn)
}
