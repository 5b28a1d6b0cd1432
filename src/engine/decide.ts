import { labelText, parseAnswer, readYesNo } from './answer.ts'
import type { Book, Trigger } from './book.ts'
import type { Option } from './content.ts'
import type { Conversation, Inbound, InboundEvent } from './conversation.ts'
import type { Event } from './event.ts'
import type { Facts } from './facts.ts'
import { noticePronoun } from './fill.ts'
import { search } from './search.ts'
import { samePhrase } from './text.ts'
import { holdExpired, openTicket, relay, staffActs } from './ticket.ts'
import { match } from './triggers.ts'
import { beginTurn, emit, flush, prose, say, type Turn } from './turn.ts'
import { ask, askAgain, locate, startFlow, takeAnswer } from './walk.ts'

type MessageEvent = Extract<InboundEvent, { type: 'message' }>

/**
 * What happens next, as a non-empty list of past-tense events. Pure: the same book, conversation, facts and inbound
 * always give the same events. The order of the rules is the policy (design, section 5).
 */
export function decide(book: Book, before: Conversation, facts: Facts, inbound: Inbound): readonly [Event, ...Event[]] {
  const turn = beginTurn(book, before, facts, inbound)
  react(turn, inbound.event)
  if (turn.events.length === 0) emit(turn, { type: 'ignored', reason: 'nothing' })
  return turn.events as [Event, ...Event[]]
}

function react(turn: Turn, event: InboundEvent): void {
  switch (event.type) {
    case 'message':
      return message(turn, event)
    case 'timer':
      emit(turn, { type: 'timer_fired', timer: event.timer.id, kind: event.timer.kind })
      switch (event.timer.kind) {
        case 'unanswered':
          return holdExpired(turn)
        case 'retention':
          return turn.state.ticket
            ? emit(turn, { type: 'ignored', reason: 'ticket_open' })
            : emit(turn, { type: 'contact_erased', receipt: null })
        default:
          return event.timer.kind satisfies never
      }
    case 'staff':
      return staffActs(turn, event.by, event.action)
    case 'delivery':
      emit(turn, { type: 'delivery_ended', outbound: event.outbound, outcome: event.outcome, reason: event.reason })
      if (event.reason === 'blocked' && turn.state.reachable) emit(turn, { type: 'reach_changed', reachable: false })
      return emit(turn, { type: 'task_opened', id: `${event.outbound}:task`, reason: `${event.outcome}:${event.reason}`, about: event.outbound, at: turn.at })
    case 'reach':
      return emit(turn, { type: 'reach_changed', reachable: event.reachable })
    default:
      return event satisfies never
  }
}

function message(turn: Turn, event: MessageEvent): void {
  const { text } = event
  const pressed = pressedOption(turn, event)
  emit(turn, {
    type: 'message_received',
    words: text === '' ? null : prose(turn, text),
    ...(event.choice === undefined ? {} : { choice: event.choice }),
    ...(event.media === undefined ? {} : { media: event.media }),
    ...(event.edited ? { edited: true as const } : {}),
  })
  if (!turn.state.reachable) emit(turn, { type: 'reach_changed', reachable: true })
  // The label of a pressed button is our own text, not the person's.
  const own = pressed.type === 'current' && isLabel(turn, pressed.option, text) ? '' : text
  const pronoun = noticePronoun(own)
  if (pronoun !== null && pronoun !== turn.state.pronoun) emit(turn, { type: 'pronoun_noticed', pronoun })

  const emergency = match(turn.book, own, ['emergency'])
  if (emergency) return emergencyCard(turn, emergency.trigger)
  if (turn.state.ticket?.heldBy) return relay(turn)
  if (event.edited) return saySingle(turn, 'he-thong.da-sua')
  if (text === '' && event.media) return media(turn, event.media)
  if (turn.state.confirm && settleConfirm(turn, text)) return
  if (pressed.type === 'stale' && text === '') return stale(turn)

  if (pressed.type === 'current' && takeAnswer(turn, text, pressed.option)) return
  const verb = match(turn.book, text, ['verb'])
  if (verb?.sure) return act(turn, verb.trigger)
  if (takeAnswer(turn, text, null, 'whole')) return
  if (verb) return confirm(turn, verb.trigger)
  if (turn.state.seq === 1 && greetAndAnswer(turn, text)) return
  if (startOrdinary(turn, text)) return
  // Only now a choice named inside a longer text: "gọi lại cho tôi" is not the choice "cho tôi".
  if (takeAnswer(turn, text, null, 'inside')) return
  understand(turn, text)
}

function startOrdinary(turn: Turn, text: string): boolean {
  const ordinary = match(turn.book, text, ['ordinary'])
  if (!ordinary?.sure || ordinary.trigger.action.type !== 'start') return false
  startFlow(turn, ordinary.trigger.action.flow, turn.state.session ? 'inside' : 'instead')
  return true
}

/** Card and ticket in this same turn, from any state; the question that waited is given up. */
function emergencyCard(turn: Turn, trigger: Trigger): void {
  if (turn.state.confirm) emit(turn, { type: 'confirm_cleared' })
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
  openTicket(turn, trigger.reason ?? 'emergency', 'emergency')
  say(turn, trigger.card ?? 'he-thong.khan-cap')
  if (turn.blocks.length === 0) turn.blocks.push({ key: 'he-thong.khan-cap' })
  flush(turn, [], 'crisis', 'emergency')
  if (turn.state.ticket?.heldBy) relay(turn)
}

function act(turn: Turn, trigger: Trigger): void {
  const { action } = trigger
  switch (action.type) {
    case 'start':
      return startFlow(turn, action.flow)
    case 'back':
      return goBack(turn)
    case 'exit':
      if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'left' })
      return saySingle(turn, 'he-thong.tam-biet')
    default:
      return action satisfies never
  }
}

/** To the question before this one, or to the beginning when there is none. */
function goBack(turn: Turn): void {
  const runs = turn.state.session?.trail.at(-2)
  if (!runs) return startFlow(turn, turn.book.home)
  emit(turn, { type: 'went_back', runs })
  const place = locate(turn)
  const node = turn.state.session?.runs.at(-1)?.node
  if (!place || node === undefined) return
  if (place.node.type !== 'ask') return startFlow(turn, turn.book.home)
  if ('key' in place.node.words) say(turn, place.node.words.key)
  ask(turn, place.flow, node, place.node)
}

function confirm(turn: Turn, trigger: Trigger): void {
  if (asksFirst(turn, trigger)) return act(turn, trigger)
  emit(turn, { type: 'confirm_asked', trigger: trigger.id })
  say(turn, `he-thong.xac-nhan.${trigger.id}`)
  if (turn.blocks.length === 0) say(turn, 'he-thong.xac-nhan')
  const options: Option[] = ['co', 'khong'].map((id) => ({ id, label: { type: 'words', key: `he-thong.xac-nhan.${id}` } }))
  flush(turn, options)
}

/** A flow that begins with yes or no is its own confirmation: "xoa" is asked about once, not twice. */
function asksFirst(turn: Turn, { action }: Trigger): boolean {
  const flow = action.type === 'start' ? turn.book.flow(action.flow) : undefined
  const first = flow?.nodes[flow.start]
  return first?.type === 'ask' && first.answer === 'yes_no'
}

/** The answer to "did you mean to stop?"; any other text drops the question and is read as usual. */
function settleConfirm(turn: Turn, text: string): boolean {
  const pending = turn.state.confirm!
  const event = turn.inbound.event as MessageEvent
  const data = event.choice?.split('.')
  const fromButton = data?.[0] === String(pending.wait) ? data[1] === 'co' : null
  const meant = fromButton ?? readYesNo(text)
  emit(turn, { type: 'confirm_cleared' })
  if (meant === null) return false
  const trigger = turn.book.triggers.find((t) => t.id === pending.trigger)
  if (meant && trigger) act(turn, trigger)
  else if (!askAgain(turn)) startFlow(turn, turn.book.home)
  return true
}

/** Free text that answers nothing: a topic, a greeting, else an honest fallback that offers a person. */
function understand(turn: Turn, text: string): void {
  const found = search(turn.book, text)
  const best = found[0]
  if (best && (best.score >= 0.6 || found.length === 1)) {
    if (turn.state.seq === 1) say(turn, 'chao.gioi-thieu')
    emit(turn, { type: 'answer_saved', name: 'topic', answer: { type: 'code', value: best.topic.id } })
    return startFlow(turn, 'chu-de', turn.state.session ? 'inside' : 'instead')
  }
  if (turn.state.seq === 1) return startFlow(turn, turn.book.home)
  if (turn.state.session) {
    emit(turn, { type: 'answer_missed' })
    sayRetry(turn)
    askAgain(turn)
    return
  }
  if (turn.state.ticket) return saySingle(turn, 'he-thong.ghi-nhan')
  startFlow(turn, 'chua-hieu')
}

/** A first message that already answers the first question: the greeting stays, but the question goes. */
function greetAndAnswer(turn: Turn, text: string): boolean {
  const trial: Turn = { ...turn, events: [...turn.events], blocks: [] }
  startFlow(trial, trial.book.home)
  const place = locate(trial)
  const options = trial.state.session?.options ?? []
  const context = { book: turn.book, directory: turn.facts.directory, at: turn.at }
  if (place?.node.type !== 'ask' || parseAnswer(place.node, options, text, context, 'whole').type === 'missed') return false
  const question = 'key' in place.node.words ? place.node.words.key : ''
  for (const event of trial.events.slice(turn.events.length)) {
    if (event.type === 'message_queued') turn.blocks.push(...event.message.blocks.filter((b) => b.key !== question))
    else emit(turn, event)
  }
  return takeAnswer(turn, text, null, 'whole')
}

function sayRetry(turn: Turn): void {
  const place = locate(turn)
  if (!place || place.node.type !== 'ask') return
  const own = 'key' in place.node.words ? `${place.node.words.key}.lai` : ''
  if ((turn.state.session?.misses ?? 0) > 1) return say(turn, 'he-thong.lai-nua')
  if (turn.book.words(own, turn.state.locale)) return say(turn, own)
  say(turn, `he-thong.lai.${place.node.answer}`)
}

/** Pictures, voice and the like: what cannot be read is answered kindly, never with silence. */
function media(turn: Turn, kind: NonNullable<MessageEvent['media']>): void {
  say(turn, `he-thong.media.${kind}`)
  if (turn.blocks.length === 0) say(turn, 'he-thong.media.file')
  // Zalo masks the messages of protected people: one may be a child or somebody who cannot read.
  if (kind === 'unsupported') openTicket(turn, 'unsupported_message', 'urgent')
  if (!askAgain(turn)) flush(turn)
}

function stale(turn: Turn): void {
  say(turn, 'he-thong.nut-cu')
  if (!askAgain(turn)) {
    flush(turn)
    startFlow(turn, 'chua-hieu')
  }
}

function saySingle(turn: Turn, key: string): void {
  say(turn, key)
  flush(turn)
}

function isLabel(turn: Turn, option: Option, text: string): boolean {
  return samePhrase(labelText(option.label, turn.book, turn.facts.directory), text)
}

type Pressed = { type: 'none' } | { type: 'stale' } | { type: 'current'; option: Option }

/** A button counts only for the question it was shown with; one of an older message is read by its label. */
function pressedOption(turn: Turn, event: MessageEvent): Pressed {
  if (event.choice === undefined) return { type: 'none' }
  const session = turn.state.session
  const [question, ...rest] = event.choice.split('.')
  const id = rest.join('.')
  const option = session?.options.find((o) => o.id === id)
  return option && question === String(session?.wait) ? { type: 'current', option } : { type: 'stale' }
}
