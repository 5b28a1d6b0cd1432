import type { Flow, OptionSource, Topic, WordsRef } from './book.ts'
import type { Ask } from './choose.ts'
import { shownVersion } from './consent.ts'
import type { Option } from './content.ts'
import { paperOptions } from './enrolment/papers.ts'
import { pointsFor } from './fill.ts'
import { dayOf } from './hours.ts'
import { contestOptions, tryOptions } from './quiz/contest-try.ts'
import { mayTryQuestions, practiceOptions, TRY_QUESTIONS, topicOptions } from './quiz/practice.ts'
import { ENTRANCE_SHELF, shelfOf } from './shelf.ts'
import { shelvesOf } from './shelves.ts'
import { sayAloud } from './spoken.ts'
import { citation, doubtOf, writtenDay } from './topic.ts'
import { emit, flush, say, type Turn } from './turn.ts'
import { openAppointments, visitCode } from './visits/appointment.ts'
import { slotOptions } from './visits/choose-slot.ts'

/** Puts a question in its own words and waits for the answer. */
export function put(turn: Turn, flow: Flow, id: string, node: Ask): void {
  if (turn.aside !== null) say(turn, turn.aside)
  sayWords(turn, node.words)
  ask(turn, flow, id, optionsOf(turn, flow, id, node))
}

/** Waits for an answer to what has just been said. */
export function ask(turn: Turn, flow: Flow, id: string, options: readonly Option[]): void {
  const node = flow.nodes[id]
  const key = node?.type === 'ask' && node.consent && 'key' in node.words ? node.words.key : null
  const shown = key === null ? {} : asShown(turn, key)
  emit(turn, { type: 'asked', flow: flow.id, node: id, options, ...shown })
  flush(turn, options)
}

/** What is kept of the words a yes would be to, so that it is to those that were read. */
function asShown(turn: Turn, key: string): { text: string; pronoun?: string } {
  const { pronoun } = turn.state
  return { text: shownVersion(turn, key, pronoun), ...(pronoun === null ? {} : { pronoun }) }
}

/** The choices of a question: those of its list, or of the one given, and after them the flow's own. */
export function optionsOf(
  turn: Turn,
  flow: Flow,
  id: string,
  node: Ask,
  listed: readonly Option[] = listOptions(turn, flow, id, node),
): readonly Option[] {
  const key = 'key' in node.words ? node.words.key : `${flow.id}.${id}`
  const offered = node.from?.list === 'suggestions' ? [...turn.suggested.slice(0, SUGGESTED), ...ALWAYS] : null
  // Where every topic stands there already, nothing goes on.
  const goesOn = node.from?.list !== 'topics' || topicsOf(turn, node.from).length > listed.length
  const own = node.choices
    .filter((choice) => offered === null || offered.includes(choice.id))
    .filter((choice) => choice.id !== TRY_QUESTIONS || mayTryQuestions(turn))
    .filter((choice) => goesOn || choice.next !== id)
    .map((choice): Option => ({ id: choice.id, label: { type: 'words', key: `${key}.${choice.id}` } }))
  return [...listed, ...own]
}

/** So many are suggested at once, and the ways out stand under them. */
export const SUGGESTED = 3
export const ALWAYS = ['gap-nguoi', 'khong-phai']

/** Topics that stand in one question, and choices in all. */
export const LISTED_TOPICS = 8
export const MOST_CHOICES = 9

/** Beside them a way to another shelf. */
export const MOST_SUBJECTS = MOST_CHOICES - 1

type TopicSource = Extract<OptionSource, { list: 'topics' }>

/** The topics of an audience, or of the shelf of an entrance, and of the subject that was chosen or of all. */
function topicsOf(turn: Turn, { audience, subject }: TopicSource): readonly Topic[] {
  const { book, state } = turn
  const answer = subject ? state.answers[subject] : undefined
  const whom = audience === ENTRANCE_SHELF ? shelfOf(turn) : audience
  const shelves = shelvesOf(book, whom, subject ? MOST_SUBJECTS : undefined)
  const chosen = shelves.filter((shelf) => answer?.type === 'code' && shelf.subject.id === answer.value)
  return (chosen.length > 0 ? chosen : shelves).flatMap(({ topics }) => topics)
}

/** A page of a long list: put again while it stands there, the question goes on with the next, and after the last begins anew. */
function topicPage(turn: Turn, flow: Flow, id: string, node: Ask, source: TopicSource): readonly Option[] {
  const topics = topicsOf(turn, source)
  const last = turn.state.session?.trail.at(-1)?.at(-1)
  const shown = last?.flow === flow.id && last.node === id ? (turn.state.session?.options ?? []) : []
  const until = topics.findLastIndex((topic) => shown.some((option) => option.id === topic.id))
  const from = until + 1 < topics.length ? until + 1 : 0
  return topics
    .slice(from, from + Math.min(LISTED_TOPICS, MOST_CHOICES - node.choices.length))
    .map((topic) => ({ id: topic.id, label: { type: 'topic', id: topic.id } }))
}

function listOptions(turn: Turn, flow: Flow, id: string, node: Ask): readonly Option[] {
  const source = node.from
  if (source === null) return []
  switch (source.list) {
    case 'points':
      return pointsFor(turn.state, turn.facts.directory)
        .slice(0, 7)
        .map((p) => ({ id: p.id, label: { type: 'point', id: p.id } }))
    case 'topics':
      return topicPage(turn, flow, id, node, source)
    case 'subjects':
      return shelvesOf(turn.book, source.audience, MOST_SUBJECTS).map(({ subject }) => ({
        id: subject.id,
        label: { type: 'text', text: subject.title },
      }))
    case 'suggestions':
      return turn.suggested
        .slice(0, SUGGESTED)
        .filter((id) => turn.book.topics.some((topic) => topic.id === id))
        .map((id) => ({ id, label: { type: 'topic', id } }))
    case 'visits':
      return openAppointments(turn.state)
        .toSorted((a, b) => a.startsAt - b.startsAt)
        .slice(0, 7)
        .map(({ id, startsAt }) => ({ id: visitCode(id), label: { type: 'instant', at: startsAt, as: 'date_time' } }))
    case 'slots':
      return slotOptions(turn)
    case 'papers':
      return paperOptions(turn)
    case 'courses':
      return (turn.book.courses ?? []).map(({ id, title }) => ({ id, label: { type: 'text', text: title } }))
    case 'quiz':
      return practiceOptions(turn)
    case 'quiz_topics':
      return topicOptions(turn).slice(0, MOST_CHOICES - node.choices.length)
    case 'contests':
      return contestOptions(turn)
    case 'contest':
      return tryOptions(turn)
    default:
      return source satisfies never
  }
}

/** Adds a node's words: by key, or the card or longer read of the topic in an answer, with its date and sources. */
export function sayWords(turn: Turn, words: WordsRef): void {
  if ('key' in words) return say(turn, words.key)
  const answer = turn.state.answers[words.answer]
  const topic = answer?.type === 'code' ? turn.book.topics.find((t) => t.id === answer.value) : undefined
  if (!topic) return say(turn, 'he-thong.chu-de-mat')
  const doubt = doubtOf(turn.book, topic, dayOf(turn.at), turn.facts.directory.endings)
  const first = words.topic === 'card' ? doubt : null
  // What is spoken cannot be corrected in a word: it stays away once its law has ended.
  if (words.topic === 'card' && doubt?.key !== 'he-thong.chu-de-luat-doi') sayAloud(turn, topic)
  if (first) turn.blocks.push(first)
  say(turn, `topic.${topic.id}.${words.topic}`)
  const sources = topic.sources.flatMap((id) => citation(turn.book, topic, id) ?? [])
  if (words.topic === 'more' && sources.length > 0)
    turn.blocks.push({
      key: 'he-thong.nguon',
      fills: { sources: { type: 'text', text: sources.slice(0, 4).join('; ') } },
    })
  const last = topic.reviewed === null ? 'chu-de-chua-duyet' : 'chu-de-da-duyet'
  turn.blocks.push({ key: `he-thong.${first ? 'chu-de-tinh-den' : last}`, fills: { as_of: writtenDay(topic.asOf) } })
}
