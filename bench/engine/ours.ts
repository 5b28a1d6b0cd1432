import { SAMPLE_SERVICE } from '../../src/authoring/service-words.ts'
import type { Book } from '../../src/engine/book.ts'
import { type Conversation, emptyConversation } from '../../src/engine/conversation.ts'
import { decide } from '../../src/engine/decide.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import type { Directory, Facts } from '../../src/engine/facts.ts'
import { compose } from '../../src/engine/fill.ts'
import { instantOf } from '../../src/engine/hours.ts'

type Say = (text: string) => Promise<string>

/** Monday 23/11/2026, 09:00. */
const MONDAY = instantOf(2026, 11, 23, 9 * 60)

/** One conversation of ours; between turns there is only its JSON text. */
export async function talk(book: Book, directory: Directory, texts: readonly string[], say: Say): Promise<string> {
  let stored: string | null = null
  let last = ''
  const words = new Map<string, string>()
  for (const [i, text] of texts.entries()) {
    const before: Conversation = stored === null ? emptyConversation('c') : JSON.parse(stored)
    const at = MONDAY + i * 1_000
    const facts: Facts = { directory, receipt: 'ABCDE-FGHJK', lastMessageAt: null }
    const inbound = { key: `k${i}`, contact: 'c', at, event: { type: 'message' as const, text } }
    const events = decide(book, before, facts, inbound)
    const after = fold(before, events)
    stored = JSON.stringify(after)
    last = await say(read(events, after, book, directory, at, words))
  }
  return last
}

/** The words of a turn as a channel would send them: the peers make theirs in the turn too. */
function read(
  events: readonly Event[],
  after: Conversation,
  book: Book,
  directory: Directory,
  now: number,
  words: Map<string, string>,
): string {
  const said: string[] = []
  for (const one of events) {
    if ('words' in one && one.words) words.set(one.words.id, one.words.text)
    if (one.type !== 'message_queued') continue
    const answer = (id: string) => words.get(id)
    const context = { book, directory, pronoun: after.pronoun, now, service: SAMPLE_SERVICE, answer }
    said.push(...compose(one.message, context).paragraphs)
  }
  return said.join('\n\n')
}
