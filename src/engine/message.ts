import { act, confirm, settleConfirm } from './act.ts'
import type { Trigger } from './book.ts'
import { labelText } from './choose.ts'
import type { Option } from './content.ts'
import type { InboundEvent, Prose, VoiceNote } from './conversation.ts'
import { takeLessonPress, takeLessonReply } from './courses/notice.ts'
import { greetAndAnswer } from './first-words.ts'
import { callSpeakers } from './ladder.ts'
import { readLanguage } from './language.ts'
import { RIGHTS, takeOwnWord } from './own-words.ts'
import { noticePronoun } from './pronoun.ts'
import { enterContest } from './quiz/enter.ts'
import { takeCheckInReply } from './referrals/check-in-reply.ts'
import { askAgain, isAnswer, takeAnswer } from './reply.ts'
import { assess } from './safety/assess.ts'
import { type Danger, FEW, SAFE } from './safety/detect.ts'
import { askSafety, asksFirst, cardOf, isAsked, opensTicket } from './safety/respond.ts'
import { firstFlow } from './shelf.ts'
import { hearSlip, readSlipCode, settleLinking } from './slip.ts'
import { samePhrase, syllables } from './text.ts'
import { awaitHolder, dropLinking, greet, openTicket, tellHolder } from './ticket.ts'
import { match } from './triggers.ts'
import { emit, flush, prose, say, type Turn } from './turn.ts'
import { inEmergency, introduce, saySingle, understand } from './understand.ts'
import { takeReminderPress, takeReminderReply } from './visits/reply.ts'
import { startFlow, startOver } from './walk.ts'

const MOMENT_MS = 60_000

type MessageEvent = Extract<InboundEvent, { type: 'message' }>

/** What a person sent: the order of these lines is the order of the rules (design, section 5). */
export function message(turn: Turn, event: MessageEvent): void {
  const { text } = event
  const fresh = isFresh(turn)
  const pressed = pressedOption(turn, event)
  emit(turn, {
    type: 'message_received',
    words: heard(turn, event),
    ...(event.choice === undefined ? {} : { choice: event.choice }),
    ...(event.media === undefined ? {} : { media: event.media }),
    ...(event.voice === undefined ? {} : { voice: true as const }),
    ...(event.edited ? { edited: true as const } : {}),
  })
  if (event.entrance !== undefined && fresh && turn.state.answers.entrance === undefined)
    emit(turn, { type: 'answer_saved', name: 'entrance', answer: { type: 'code', value: event.entrance } })
  if (!turn.state.reachable) emit(turn, { type: 'reach_changed', reachable: true })
  // The label of a pressed button is our own text, not the person's, and so is the answer of a quiz, typed whole.
  const ours = (pressed.type === 'current' && isLabel(turn, pressed.option, text)) || isQuizAnswer(turn, text)
  const own = ours ? '' : text
  const pronoun = noticePronoun(own)
  if (pronoun !== null && pronoun !== turn.state.pronoun) emit(turn, { type: 'pronoun_noticed', pronoun })

  const verb = match(turn.book, text, ['verb'])
  const meant = verb?.sure === true || readLanguage(own) !== null || isAnswer(turn, own)
  // The letters of a code are drawn, and may spell anything.
  const assessed = readSlipCode(own) === null ? assess(turn.book, own) : SAFE
  const danger = meant && isMere(assessed, own) ? SAFE : assessed
  if (danger.level === 'emergency') return emergencyCard(turn, danger)
  if (turn.state.ticket?.heldBy) {
    // The detector keeps watching over a talk that began about something else.
    if (opensTicket(danger)) openTicket(turn, danger.reason ?? 'emergency', 'urgent')
    tellHolder(turn)
    if (opensTicket(danger) || !takeOwnWord(turn, event, pressed.type === 'current' ? pressed.option : null))
      awaitHolder(turn)
    return
  }
  if (turn.facts.directory.switches.onlyHuman && !isRight(turn, text)) return onlyHuman(turn)
  if (hearSlip(turn, event) || settleLinking(turn, event)) return
  if (takeReminderPress(turn, event) || takeLessonPress(turn, event)) return
  if (settleConfirm(turn, event)) return
  // "Đừng gọi, chồng em biết thì chết" is first of all a wish; only the rules are sure enough to pass over it.
  if (opensTicket(danger) && !isAsked(turn) && !(verb?.sure && danger.rule === 'learned'))
    return askSafety(turn, danger)
  if (event.edited) return edited(turn, text)
  if (text === '' && event.media) return media(turn, event.media, event.voice)
  if (pressed.type === 'stale' && text === '') return stale(turn)

  if (pressed.type === 'current' && takeAnswer(turn, text, pressed.option)) return
  if (enterContest(turn, event, verb)) return
  if (verb?.sure) return introduceAndAct(turn, verb.trigger)
  if (!verb && !inEmergency(turn) && takeLessonReply(turn, text)) return
  // "Ok" under an emergency card answers the card, and is no word about the week.
  if (!verb && !inEmergency(turn) && takeCheckInReply(turn, text)) return
  if (!verb && takeReminderReply(turn, text)) return
  if (takeAnswer(turn, text, null, verb ? 'plain' : 'whole')) return
  if (verb) return confirm(turn, verb.trigger)
  if (fresh && greetAndAnswer(turn, text, 'whole')) return
  if (hearLanguage(turn, text)) return
  if (startOrdinary(turn, text)) return
  // Only now a choice named inside a longer text: "gọi lại cho tôi" is not the choice "cho tôi".
  if (takeAnswer(turn, text, null, 'inside')) return
  if (asksFirst(turn, danger)) return askSafety(turn, danger)
  understand(turn, text, fresh)
}

/** A few words in which only the weights hear a danger: what the book itself has a meaning for, it means. */
function isMere({ level, rule }: Danger, text: string): boolean {
  return level !== 'none' && rule === 'learned' && syllables(text).length <= FEW
}

/** A picture or a voice is a line too: staff must see that something was sent. */
function heard(turn: Turn, { text, media, voice }: MessageEvent): Prose | null {
  if (text === '' && media === undefined) return null
  return { ...prose(turn, text), ...(media === undefined ? {} : { media }), ...(voice === undefined ? {} : { voice }) }
}

/** "Em nói tiếng Mông": a human is called who speaks it, if there is one, and the person is heard in their language. */
function hearLanguage(turn: Turn, text: string): boolean {
  const language = readLanguage(text)
  if (!language) return false
  emit(turn, { type: 'answer_saved', name: 'language', answer: { type: 'code', value: language.id } })
  say(turn, 'he-thong.noi-tieng')
  if (turn.state.ticket) {
    callSpeakers(turn)
    greet(turn)
  }
  startFlow(turn, 'gap-nguoi')
  return true
}

function isRight({ book, state }: Turn, text: string): boolean {
  if (state.confirm || state.session?.runs.some(({ flow }) => RIGHTS.includes(flow))) return true
  const action = match(book, text, ['verb'])?.trigger.action
  return action?.type === 'start' && RIGHTS.includes(action.flow)
}

/** The leads have switched the bot off: whatever is written waits for a human, and the person knows. */
function onlyHuman(turn: Turn): void {
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
  openTicket(turn, 'person', 'routine')
  saySingle(turn, 'he-thong.chi-con-nguoi')
}

/** A person of whom nothing is known: new, erased, or gone before the first answer. */
function isFresh({ state }: Turn): boolean {
  const told = Object.keys(state.answers).filter((name) => name !== 'entrance')
  return !state.session && !state.ticket && !state.confirm && told.length === 0
}

/** Has a human written here in the last five minutes. */
function isAnswering({ state, at }: Turn): boolean {
  const { heldBy = null, staffLineAt = null } = state.ticket ?? {}
  return heldBy !== null && staffLineAt !== null && at - staffLineAt <= 5 * MOMENT_MS
}

/**
 * Card and ticket in this same turn, from any state; the question that waited is given up. A human who is answering
 * right now gets a minute to write first.
 */
function emergencyCard(turn: Turn, danger: Danger): void {
  dropLinking(turn)
  if (turn.state.confirm) emit(turn, { type: 'confirm_cleared' })
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
  openTicket(turn, danger.reason ?? 'emergency', 'emergency')
  say(turn, cardOf(turn.book, danger) ?? 'he-thong.khan-cap')
  if (turn.blocks.length === 0) turn.blocks.push({ key: 'he-thong.khan-cap' })
  flush(turn, [], 'crisis', 'emergency', isAnswering(turn) ? turn.at + MOMENT_MS : undefined)
  if (!turn.state.ticket?.heldBy) return
  tellHolder(turn)
  awaitHolder(turn)
}

/** A verb is heeded in an edited message too; anything else would guess which answer was meant. */
function edited(turn: Turn, text: string): void {
  const verb = match(turn.book, text, ['verb'])
  return verb?.sure ? act(turn, verb.trigger) : saySingle(turn, 'he-thong.da-sua')
}

function startOrdinary(turn: Turn, text: string): boolean {
  const ordinary = match(turn.book, text, ['ordinary'])
  if (!ordinary?.sure || ordinary.trigger.action.type !== 'start') return false
  const named = ordinary.trigger.action.flow
  // "Alo" after an emergency is a call to the people who were told, not the beginning of a conversation.
  if (inEmergency(turn) && named === turn.book.home) return false
  if (named === turn.book.home && resumes(turn)) return true
  const flow = startOf(turn, named)
  introduce(turn, flow)
  startFlow(turn, flow, turn.state.session ? 'inside' : 'instead')
  return true
}

/** Whoever greets in the midst of a form, be it weeks later, goes on where they stood. */
function resumes(turn: Turn): boolean {
  const run = turn.state.session?.runs.at(-1)
  if (!run || turn.book.flow(run.flow, run.revision)?.resumes !== true) return false
  say(turn, 'he-thong.dang-do')
  return askAgain(turn)
}

/** Who begins at the greeting may begin at the shelf of the place they came by instead. */
function startOf(turn: Turn, flow: string): string {
  return flow === turn.book.home ? firstFlow(turn) : flow
}

function introduceAndAct(turn: Turn, trigger: Trigger): void {
  const { action } = trigger
  if (action.type !== 'start') return act(turn, trigger)
  const flow = startOf(turn, action.flow)
  introduce(turn, flow)
  startFlow(turn, flow)
}

/** Pictures, voice and the like: what cannot be read is answered kindly, never with silence. */
function media(turn: Turn, kind: NonNullable<MessageEvent['media']>, voice?: VoiceNote): void {
  if (voice?.tooLong) say(turn, 'he-thong.media.voice-dai')
  else if (voice && turn.state.ticket) say(turn, 'he-thong.media.voice-cho')
  if (turn.blocks.length === 0) say(turn, `he-thong.media.${kind}`)
  if (turn.blocks.length === 0) say(turn, 'he-thong.media.file')
  // Zalo masks the messages of protected people: one may be a child or somebody who cannot read.
  if (kind === 'unsupported') openTicket(turn, 'unsupported_message', 'urgent')
  if (!askAgain(turn)) flush(turn)
}

function stale(turn: Turn): void {
  say(turn, 'he-thong.nut-cu')
  if (!askAgain(turn)) startOver(turn)
}

function isLabel(turn: Turn, option: Option, text: string): boolean {
  return samePhrase(labelText(option.label, turn.book, turn.facts.directory), text)
}

/** "Rất dễ quá liều, ngừng thở", when that is an answer that stands there to be chosen. */
function isQuizAnswer(turn: Turn, text: string): boolean {
  const { session, ticket } = turn.state
  if (!session || ticket?.heldBy || syllables(text).length < WHOLE_ANSWER) return false
  return session.options.some(
    (option) => (option.label.type === 'quiz' || option.label.type === 'contest') && isLabel(turn, option, text),
  )
}

/** What is shorter may be a cry that an answer happens to be spelt like. */
const WHOLE_ANSWER = 4

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
