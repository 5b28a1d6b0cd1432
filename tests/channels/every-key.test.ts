import { describe, expect, test } from 'vitest'
import { longestFill } from '../../src/authoring/check-limits.ts'
import { load } from '../../src/authoring/load.ts'
import { printProblem } from '../../src/authoring/problem.ts'
import { Rehearsal } from '../../src/authoring/rehearsal.ts'
import { SAMPLE_SERVICE } from '../../src/authoring/service-words.ts'
import { isInput, parseTranscript } from '../../src/authoring/transcript.ts'
import type { Channel, Part } from '../../src/channels/channel.ts'
import { toHtml, toPlain } from '../../src/channels/render.ts'
import { telegram } from '../../src/channels/telegram.ts'
import { toButton } from '../../src/channels/telegram-update.ts'
import { webchat } from '../../src/channels/webchat.ts'
import { zalo } from '../../src/channels/zalo.ts'
import { readAuthored, readTranscripts } from '../../src/cli/files.ts'
import type { Block, FillValue, Message, Option } from '../../src/engine/content.ts'
import { emptyConversation } from '../../src/engine/conversation.ts'
import type { Directory } from '../../src/engine/facts.ts'
import { compose, placeholders } from '../../src/engine/fill.ts'
import { LISTED_TOPICS, MOST_CHOICES, sayWords } from '../../src/engine/question.ts'
import { ROUND } from '../../src/engine/quiz/practice.ts'
import { itemsFor, questionOf } from '../../src/engine/quiz/quiz.ts'
import { beginTurn, flush } from '../../src/engine/turn.ts'
import { paragraphs as webParagraphs } from '../../src/web/pages/line-text.ts'
import { telegramText, webText } from './markup.ts'
import { worstContext, worstFills } from './worst-fills.ts'

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error(loaded.problems.map(printProblem).join('\n'))
const { book, data, directory } = loaded
const words = data.words.vi
const keys = Object.keys(words)
const context = worstContext(book, directory)
const worst = worstFills(book, keys, context)
const NOW = context.now

const CHANNELS: readonly Channel[] = [
  telegram({ token: '1:a', secret: 'bi-mat-thu', apiRoot: 'http://localhost' }),
  zalo({ bots: [{ name: 'a', token: 't', secret: 'bi-mat-thu' }], apiRoot: 'http://localhost' }),
  webchat(),
]
const ADDRESS = ['bạn', 'Bạn']

const blockOf = (key: string): Block => ({
  key,
  fills: Object.fromEntries(
    placeholders(words[key] ?? []).flatMap((name) => (worst[name] ? [[name, worst[name]]] : [])),
  ),
})

type Contests = Directory['contests']
type Named = readonly [name: string, message: Message, contests?: Contests]

/** What is wrong with a message on one channel; nothing, where it can be read there as it was meant. */
function faults(channel: Channel, message: Message, contests: Contests = []): readonly string[] {
  const composed = compose(message, { ...context, directory: { ...context.directory, contests } })
  const part: Part = { ...composed, markup: true }
  const { textLength, buttons } = channel.limits
  const plain = toPlain(part, !buttons)
  const found = [
    ...(plain.trim() === '' ? ['empty'] : []),
    ...(plain.length > textLength ? [`${plain.length} > ${textLength}`] : []),
    // A choice is a name as somebody wrote it; in words there is no star at all.
    ...(toPlain(part, false).includes('*') ? ['stars'] : []),
    // What a person typed may hold braces; in our own words none may be left.
    ...(/\{(?!bạn\})/.test(plain) ? ['a placeholder that nothing filled'] : []),
    ...(part.choices.some(({ label }) => label.trim() === '' || label.includes('\n'))
      ? ['a choice without a name']
      : []),
  ]
  const shown = {
    telegram: () => telegramText(toHtml(part)) === toPlain(part, false),
    zalo: () => true,
    webchat: () =>
      webText(
        webParagraphs({ from: 'bot', text: part.paragraphs.join('\n\n') })
          .map(String)
          .join(''),
      ) === toPlain(part, false),
  }[channel.name]()
  const lost = channel.name === 'telegram' ? part.choices.filter(({ data }) => toButton(data) === null) : []
  return [...found, ...(shown ? [] : ['markup']), ...lost.map(({ data }) => `no button for ${data}`)]
}

/** Each faulty message as `name: what`, so that the one who broke it reads where. */
function faulty(channel: Channel, messages: readonly Named[]): readonly string[] {
  return messages.flatMap(([name, message, contests]) =>
    faults(channel, message, contests).map((fault) => `${name}: ${fault}`),
  )
}

const alone = keys.map((key): [string, Message] => [key, { blocks: [blockOf(key)] }])
const questions = data.flows.flatMap(({ id: flow, nodes }) =>
  Object.entries(nodes).flatMap(([id, node]): [string, Message][] => {
    if (node.type !== 'ask' || !('key' in node.words)) return []
    const { key } = node.words
    const own = node.choices.map(
      (choice): Option => ({ id: choice.id, label: { type: 'words', key: `${key}.${choice.id}` } }),
    )
    const options = [...listed(node.from?.list ?? null, own.length), ...own]
    return [[`${flow}/${id}`, { blocks: [blockOf(key)], options, question: 12_345_678 }]]
  }),
)

/** The longest list that the engine would show beside so many choices of the flow's own. */
function listed(list: string | null, own: number): readonly Option[] {
  const room = MOST_CHOICES - own
  switch (list) {
    case 'points':
      return directory.points.slice(0, 7).map(({ id }) => ({ id, label: { type: 'point', id } }))
    case 'topics':
    case 'suggestions':
      return book.topics
        .toSorted((a, b) => b.title.length - a.title.length)
        .slice(0, list === 'topics' ? Math.min(LISTED_TOPICS, room) : 3)
        .map(({ id }) => ({ id, label: { type: 'topic', id } }))
    case 'visits':
    case 'slots':
      return Array.from({ length: list === 'visits' ? 7 : 3 }, (_, i) => ({ id: `abc${i}`, label: worst.visit_when! }))
    case 'courses':
      return (book.courses ?? []).map(({ id, title }) => ({ id, label: { type: 'text', text: title } }))
    case 'papers':
      return Object.values(data.enrolment?.papers ?? {})
        .map((papers) => papers ?? [])
        .toSorted((a, b) => b.length - a.length)[0]!
        .map(({ id, title }) => ({ id, label: { type: 'text', text: `☐ ${title}` } }))
    case 'quiz':
    case 'contest': {
      // Of a question the answers: four that are as long as any.
      const longest = itemsFor(book, null)
        .flatMap((item) => questionOf(book, item)!.answers)
        .toSorted((a, b) => b.length - a.length)
      return longest.slice(0, 4).map((text, i) => ({ id: String(i + 1), label: { type: 'text', text } }))
    }
    case 'contests':
      return Array.from({ length: 7 }, (_, i) => ({ id: `thi${i}`, label: worst.contest_title! }))
    case 'quiz_topics':
      return listed('topics', MOST_CHOICES - ROUND)
    default:
      return []
  }
}

/** A topic as a turn says it: with what nobody signed, its sources and its day. */
const topics = book.topics.flatMap(({ id }) =>
  (['card', 'more'] as const).flatMap((part) => {
    const state = { ...emptyConversation('c'), answers: { topic: { type: 'code' as const, value: id } } }
    const facts = { directory, receipt: '', lastMessageAt: null, service: SAMPLE_SERVICE }
    const turn = beginTurn(book, state, facts, {
      key: 'k',
      contact: 'c',
      at: NOW,
      event: { type: 'message', text: '' },
    })
    sayWords(turn, { topic: part, answer: 'topic' })
    flush(turn)
    return turn.events.flatMap((event): [string, Message][] =>
      event.type === 'message_queued' ? [[`${id}/${part}`, event.message]] : [],
    )
  }),
)

/** Everything that was said in any golden conversation, with the longest names and answers in it. */
const said = [...readTranscripts()].flatMap(([path, text]) => {
  const transcript = parseTranscript(text)
  if ('message' in transcript) throw new Error(path)
  const rehearsal = new Rehearsal(book, directory)
  return transcript.lines
    .filter(isInput)
    .flatMap((line) =>
      rehearsal
        .step(line)
        .flatMap((event): Named[] =>
          event.type === 'message_queued' ? [[path, event.message, rehearsal.directory.contests]] : [],
        ),
    )
})

const used = new Set(keys.flatMap((key) => placeholders(words[key]!)))

test('each placeholder of the book has its longest filling here', () => {
  expect([...used].filter((name) => !ADDRESS.includes(name) && !(name in context.service) && !(name in worst))).toEqual(
    [],
  )
})

test('the checker of limits counts each of them at no less', () => {
  const own = { ...book, words: (key: string) => (key === 'x' ? ['{x}'] : book.words(key, 'vi')) }
  const length = (value: FillValue) =>
    compose({ blocks: [{ key: 'x', fills: { x: value } }] }, { ...context, book: own }).paragraphs.join('\n\n').length
  const under = Object.entries(worst).filter(([name, value]) => used.has(name) && length(value) > longestFill(name))
  expect(under.map(([name, value]) => `${name}: ${length(value)} > ${longestFill(name)}`)).toEqual([])
})

describe.each(CHANNELS.map((channel) => [channel.name, channel] as const))('on %s', (_name, channel) => {
  test(`every key of the book (${alone.length} of them) is whole, within limits and without a stray mark`, () => {
    expect(alone.length).toBeGreaterThan(1_000)
    expect(faulty(channel, alone)).toEqual([])
  })

  test('every question is, with all its choices', () => {
    expect(questions.length).toBeGreaterThan(100)
    expect(faulty(channel, questions)).toEqual([])
  })

  test('every topic is, card and longer read, with its sources and its day', () => {
    expect(topics.length).toBeGreaterThanOrEqual(2 * book.topics.length)
    expect(faulty(channel, topics)).toEqual([])
  })

  test('everything said in a golden conversation is', () => {
    expect(faulty(channel, said)).toEqual([])
  })

  test('every approved reply, and every template of a message to many, is', () => {
    const texts = [...(data.replies ?? []), ...(data.campaigns ?? [])].map(({ id, text }) => [id, text] as const)
    const notice = (text: string): Message => ({
      blocks: [{ key: 'he-thong.thong-bao', fills: { text: { type: 'text', text } } }],
    })
    expect(texts.length).toBeGreaterThan(10)
    expect(
      faulty(
        channel,
        texts.map(([id, text]) => [id, notice(text)]),
      ),
    ).toEqual([])
  })
})
