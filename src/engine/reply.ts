import { closeLine, isOwnText, ownWords } from './accompany/plan.ts'
import { standsFor } from './accompany/support.ts'
import { type Answer, fromOption, parseAnswer, type Reading } from './answer.ts'
import type { Flow } from './book.ts'
import type { Ask } from './choose.ts'
import { giveConsent, namesOne, shownVersion, withdrawConsent } from './consent.ts'
import type { Instant, Option } from './content.ts'
import type { AnswerRef, Prose } from './conversation.ts'
import { dropAnswers } from './enrolment/request.ts'
import { ask, optionsOf, sayWords } from './question.ts'
import { answerContest } from './quiz/contest-try.ts'
import { answerPractice } from './quiz/practice.ts'
import { emit, prose, say, type Turn } from './turn.ts'
import { holdSlot, offerInstead, settleWhen } from './visits/choose-slot.ts'
import { locate, move, walk } from './walk.ts'

/** Is a text, as a whole, a choice, a day or a number that the waiting question asks for. Says and changes nothing. */
export function isAnswer({ book, facts, at, state }: Turn, text: string): boolean {
  const run = state.session?.runs.at(-1)
  const node = run && book.flow(run.flow, run.revision)?.nodes[run.node]
  if (!state.session || node?.type !== 'ask') return false
  const { type } = parseAnswer(node, state.session.options, text, { book, directory: facts.directory, at }, 'whole')
  return type === 'code' || type === 'when'
}

/**
 * Takes a text or a pressed choice as the answer to the waiting question.
 * Returns false, with nothing said, when it is not one.
 */
export function takeAnswer(turn: Turn, text: string, pressed: Option | null, reading: Reading = 'whole'): boolean {
  const session = turn.state.session
  if (!session) return false
  const place = locate(turn)
  // The flow was lost and that has been said.
  if (!place) return true
  if (place.node.type !== 'ask') return goOn(turn)
  const { flow, node } = place
  const id = turn.state.session!.runs.at(-1)!.node
  const context = { book: turn.book, directory: turn.facts.directory, at: turn.at }
  const answer = pressed ? fromOption(pressed) : parseAnswer(node, session.options, text, context, reading)
  switch (answer.type) {
    case 'missed':
      return false
    case 'several': {
      const communes = answer.communes.map(
        (commune): Option => ({ id: commune, label: { type: 'commune', id: commune } }),
      )
      emit(turn, { type: 'answer_understood' })
      say(turn, 'he-thong.nhieu-noi')
      ask(turn, flow, id, optionsOf(turn, flow, id, node, communes))
      return true
    }
    case 'unknown_place':
      if (node.unknown === null) return false
      keep(turn, node, { type: 'code', value: '' })
      return goTo(turn, flow, id, 'unknown', node.unknown)
    case 'words': {
      if (node.next === null) return false
      if (isOwnText(node.save)) closeLine(turn)
      const words = prose(turn, ownWords(node.save, answer.text))
      clearChosen(turn, node)
      keep(turn, node, { type: 'words', id: words.id }, words)
      return goTo(turn, flow, id, 'next', node.next)
    }
    case 'when': {
      emit(turn, { type: 'answer_understood' })
      const at = settleWhen(turn, flow, id, node, answer.when)
      if (at !== null && node.next !== null) return keepSlot(turn, flow, id, node, at, node.next)
      return true
    }
    case 'no_day':
      emit(turn, { type: 'answer_understood' })
      offerInstead(turn, flow, id, node, answer.why === 'past' ? 'lich-hen.da-qua-roi' : 'lich-hen.khong-co-ngay')
      return true
    case 'code': {
      const choice = node.choices.find((one) => one.id === answer.option)
      const to = choice?.next ?? node.next
      if (to === null) return false
      if (node.answer === 'slot' && choice === undefined)
        return keepSlot(turn, flow, id, node, Number(answer.value), to)
      // A yes is to the words that were read: where they name somebody else by now, or say something else, they are put again.
      if (node.consent && answer.option === 'co' && 'key' in node.words && hasChanged(turn, node.words.key)) {
        if (namesOne(turn, node.words.key)) return goTo(turn, flow, id, 'again', flow.start)
        emit(turn, { type: 'answer_understood' })
        return askAgain(turn)
      }
      // What was answered to a question of a quiz is marked and not kept.
      if (choice === undefined && node.from?.list === 'quiz') answerPractice(turn, answer.value)
      if (choice === undefined && node.from?.list === 'contest') answerContest(turn, answer.value)
      clearChosen(turn, node)
      keep(turn, node, { type: 'code', value: isValue(node, session.options, answer) ? answer.value : '' })
      if (node.consent && 'key' in node.words) {
        if (answer.option === 'co') giveConsent(turn, node.consent, node.words.key, null, session.pronoun ?? null)
        else if (answer.option === 'khong' && !standsFor(turn.state, node.consent))
          withdrawConsent(turn, node.consent, null)
      }
      if (choice?.save)
        emit(turn, { type: 'answer_saved', name: choice.save, answer: { type: 'code', value: choice.id } })
      return goTo(turn, flow, id, choice?.id ?? 'next', to)
    }
    default:
      return answer satisfies never
  }
}

/** A chosen time is kept for the person while they confirm it; one that went meanwhile is said, and others are shown. */
function keepSlot(turn: Turn, flow: Flow, id: string, node: Ask, at: Instant, to: string): true {
  if (holdSlot(turn, at)) {
    keep(turn, node, { type: 'code', value: String(at) })
    return goTo(turn, flow, id, 'next', to)
  }
  emit(turn, { type: 'answer_understood' })
  const options = optionsOf(turn, flow, id, node)
  say(turn, options.length > node.choices.length ? 'lich-hen.vua-het' : 'lich-hen.het-cho')
  ask(turn, flow, id, options)
  return true
}

function hasChanged(turn: Turn, key: string): boolean {
  const { text, pronoun = null } = turn.state.session ?? {}
  return text !== undefined && shownVersion(turn, key, pronoun) !== text
}

function goTo(turn: Turn, flow: Flow, node: string, route: string, to: string): true {
  emit(turn, { type: 'answer_understood' })
  move(turn, flow, node, route, to)
  return goOn(turn)
}

function goOn(turn: Turn): true {
  walk(turn)
  return true
}

/** Keeps an answer under the question's name. An empty one only takes an earlier one away: it would mislead. */
function keep(turn: Turn, node: Ask, answer: AnswerRef, words?: Prose): void {
  if (node.save === null) return
  // Of one's own words nothing older lies about.
  if (isOwnText(node.save)) dropAnswers(turn, [node.save])
  if (answer.type === 'code' && answer.value === '' && turn.state.answers[node.save] === undefined) return
  emit(turn, { type: 'answer_saved', name: node.save, answer, ...(words ? { words } : {}) })
}

/** A choice taken earlier at this question no longer stands beside the new answer. */
function clearChosen(turn: Turn, node: Ask): void {
  for (const name of new Set(node.choices.flatMap((choice) => choice.save ?? [])))
    if (turn.state.answers[name]) emit(turn, { type: 'answer_saved', name, answer: { type: 'code', value: '' } })
}

/** A choice beside a list or a free answer ("xem tất cả", "thôi, không để số") is a way on, not a value. */
function isValue(node: Ask, options: readonly Option[], answer: Extract<Answer, { type: 'code' }>): boolean {
  const own = options.find((o) => o.id === answer.option)?.label.type === 'words'
  const chooses = node.answer === 'choice' || node.answer === 'yes_no'
  return !own || (chooses && options.every((o) => o.label.type === 'words'))
}

/** Puts the waiting question again, or goes on where it has become something else. False when nothing waits. */
export function askAgain(turn: Turn): boolean {
  const session = turn.state.session
  if (!session) return false
  const place = locate(turn)
  if (!place) return true
  const { flow, node } = place
  if (node.type !== 'ask') return goOn(turn)
  const id = turn.state.session!.runs.at(-1)!.node
  // A revision may have taken a choice away that was shown before.
  const stands = (o: Option) => o.label.type !== 'words' || node.choices.some((choice) => choice.id === o.id)
  sayWords(turn, node.words)
  ask(turn, flow, id, session.options.every(stands) ? session.options : optionsOf(turn, flow, id, node))
  return true
}

/** Says that an answer was not understood, in the question's own words where it has them. */
export function sayRetry(turn: Turn): void {
  const place = turn.state.session ? locate(turn) : undefined
  if (place?.node.type !== 'ask') return
  const own = 'key' in place.node.words ? `${place.node.words.key}.lai` : ''
  if ((turn.state.session?.misses ?? 0) > 1) return say(turn, 'he-thong.lai-nua')
  if (turn.book.words(own, turn.state.locale)) return say(turn, own)
  say(turn, `he-thong.lai.${place.node.answer}`)
}
