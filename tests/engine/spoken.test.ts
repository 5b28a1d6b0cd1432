import { expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import type { Event } from '../../src/engine/event.ts'
import { book, converse, directory, MONDAY } from './converse.ts'

const TOPIC = 'qua-lieu'
/** After every day on which a text of the book was checked. */
const LATER = MONDAY + 60 * 86_400_000
const where = { ...directory, recordings: [{ id: `${TOPIC}:mong`, topic: TOPIC, language: 'mong' }] }
const QUESTION = book.topics.find(({ id }) => id === TOPIC)!.questions[0]!

const queued = (events: readonly Event[]) =>
  events.flatMap((one) => (one.type === 'message_queued' ? [one.message] : []))
const asking = (text: string) => converse(book, emptyConversation('c'), where).send('chào').send(text)

test('whoever asked for their language gets a text as it is spoken, and after it in writing, with its choices', () => {
  const talk = asking('em nói tiếng Mông').send(QUESTION)
  const messages = queued(talk.events)
  const [spoken, card] = messages.slice(-2)
  expect(spoken).toMatchObject({ blocks: [{ key: 'he-thong.ban-nghe' }], spoken: 'qua-lieu:mong' })
  expect(card?.blocks.map(({ key }) => key)).toContain(`topic.${TOPIC}.card`)
  expect(card).not.toHaveProperty('spoken')
  expect(card?.options?.length).toBeGreaterThan(1)
  expect(
    talk
      .read()
      .map(({ paragraphs }) => paragraphs.join(' '))
      .join('\n'),
  ).toContain('tiếng Mông')
  expect(queued(talk.press(1).events).some((message) => 'spoken' in message)).toBe(false)
})

test.each(['em nói tiếng Thái', 'menu'])('after “%s” nothing in Mông is sent', (text) => {
  expect(queued(asking(text).send(QUESTION).events).some((message) => 'spoken' in message)).toBe(false)
})

test('what is spoken stays away once a law it rests on has ended', () => {
  const topic = book.topics.find(({ level, sources }) => level === 'legal' && sources.length > 0)!
  const ended = {
    ...directory,
    recordings: [{ id: `${topic.id}:mong`, topic: topic.id, language: 'mong' }],
    endings: Object.fromEntries(topic.sources.map((id) => [id, topic.asOf])),
  }
  const talk = (known: typeof directory) => {
    const one = converse(book, emptyConversation('c'), known, LATER).send('chào').send('em nói tiếng Mông')
    one.send(topic.questions[0]!)
    return queued(one.events)
  }
  const fresh = talk({ ...ended, endings: {} })
  expect(fresh.some(({ spoken }) => spoken === `${topic.id}:mong`)).toBe(true)
  expect(talk(ended).some((message) => 'spoken' in message)).toBe(false)
  expect(talk(ended).flatMap(({ blocks }) => blocks.map(({ key }) => key))).toContain('he-thong.chu-de-luat-doi')
})
