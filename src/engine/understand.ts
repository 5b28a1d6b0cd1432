import { readNumber } from './clock/numbers.ts'
import { INTRODUCTION } from './event.ts'
import { greetAndAnswer } from './first-words.ts'
import { takeCheckInText } from './referrals/check-in-reply.ts'
import { askAgain, sayRetry, takeAnswer } from './reply.ts'
import { retrieve } from './retrieve.ts'
import { firstFlow } from './shelf.ts'
import { fold } from './text.ts'
import { emit, flush, say, type Turn } from './turn.ts'
import { startFlow } from './walk.ts'
import { readYesNo } from './yes-no.ts'

/** Free text that answers nothing: a topic, a greeting, else an honest fallback that offers a person. */
export function understand(turn: Turn, text: string, fresh: boolean): void {
  if (inEmergency(turn)) return hearAnswer(turn, text)
  const { sure, likely } = retrieve(turn.book, text)
  if (sure !== null && show(turn, sure)) return
  if (takeCheckInText(turn, text)) return
  if (fresh) {
    if (greetAndAnswer(turn, text, 'inside') || offer(turn, likely)) return
    if (saysSomething(text)) turn.aside = 'he-thong.chua-hieu-dau'
    const flow = firstFlow(turn)
    introduce(turn, flow)
    return startFlow(turn, flow)
  }
  if (turn.state.session) {
    if (takeAnswer(turn, text, null, 'any')) return
    // Asked again once already: from here on only the way to a person helps.
    if (turn.state.session?.misses === 0 && offer(turn, likely)) return
    emit(turn, { type: 'answer_missed' })
    // The third time the question is given up: repeating it would only hide the numbers and the way to a person.
    if ((turn.state.session?.misses ?? 0) > 2) return giveUp(turn)
    sayRetry(turn)
    askAgain(turn)
    return
  }
  if (turn.state.ticket) return saySingle(turn, 'he-thong.ghi-nhan')
  if (!offer(turn, likely)) startFlow(turn, 'chua-hieu')
}

/** A form that was begun is not lost by it: it waits beneath, or comes back when what stands above it is given up. */
function giveUp(turn: Turn): void {
  const runs = turn.state.session?.runs ?? []
  const form = runs.findLastIndex((run) => turn.book.flow(run.flow, run.revision)?.resumes === true)
  if (form < 0) return startFlow(turn, 'chua-hieu')
  emit(turn, { type: 'answer_understood' })
  if (form === runs.length - 1) return startFlow(turn, 'chua-hieu', 'inside')
  emit(turn, { type: 'runs_replaced', runs: runs.slice(0, form + 1) })
  say(turn, 'he-thong.ve-cau-dang-do')
  askAgain(turn)
}

/** Shows a topic, or starts a flow, on top of the question that waits: that one is put again afterwards. */
function show(turn: Turn, id: string): boolean {
  const topic = turn.book.topics.some((one) => one.id === id)
  const flow = topic ? 'chu-de' : id
  if (!turn.book.flow(flow) || turn.state.session?.runs.some((run) => run.flow === flow && !topic)) return false
  introduce(turn, flow)
  if (topic) emit(turn, { type: 'answer_saved', name: 'topic', answer: { type: 'code', value: id } })
  startFlow(turn, flow, turn.state.session ? 'inside' : 'instead')
  return true
}

/** The likeliest few as choices, once: whoever is asked already gets the honest fallback, which offers a person. */
function offer(turn: Turn, likely: readonly string[]): boolean {
  const asked = turn.state.session?.runs.some(({ flow }) => flow === OFFER) ?? false
  if (likely.length === 0 || asked || !turn.book.flow(OFFER)) return false
  introduce(turn, OFFER)
  turn.suggested = likely
  startFlow(turn, OFFER, turn.state.session ? 'inside' : 'instead')
  return true
}

const OFFER = 'y-ban-la'

const GREETING = new Set(fold('xin chào alo hello hi hey bạn anh chị ad admin ơi').split(' '))

/** More than a greeting, a number or a sign: something that a person would want to have been understood. */
function saysSomething(text: string): boolean {
  const words = fold(text)
    .split(' ')
    .filter((word) => word !== '' && !GREETING.has(word))
  return words.length > 0 && readNumber(text) === null
}

/**
 * After a card everything is kept for the staff to read. A card that asked yes or no ("are you somewhere safe?") has
 * words for both answers under its own name.
 */
function hearAnswer(turn: Turn, text: string): void {
  const { card } = turn.state.ticket ?? {}
  const answer = readYesNo(text.replace(/an toàn|an toan/giu, ''))
  const key = answer === null ? '' : `${card}.${answer ? 'co' : 'khong'}`
  saySingle(turn, turn.book.words(key, turn.state.locale) ? key : 'he-thong.ghi-nhan')
}

/**
 * Who does not know us yet hears first that this is a machine and who reads, whatever way they came in. Where safety
 * is at stake the question comes at once; those flows say themselves who reads, and after a card it can wait.
 */
export function introduce(turn: Turn, id: string): void {
  const flow = turn.book.flow(id)
  const urgent = flow?.safety || inEmergency(turn)
  if (!turn.state.introduced && id !== turn.book.home && !urgent) say(turn, INTRODUCTION)
}

export function inEmergency({ state }: Turn): boolean {
  return state.ticket?.priority === 'emergency' && state.session === null
}

export function saySingle(turn: Turn, key: string): void {
  say(turn, key)
  flush(turn)
}
