import type { Part } from '../channels/channel.ts'
import type { Message } from '../engine/content.ts'
import { compose, type ServiceFacts } from '../engine/fill.ts'
import { SAFE_CARD, wordsOf } from '../engine/safe-card.ts'
import { openWords } from '../store/lines.ts'
import type { Claimed } from '../store/outbox.ts'
import { pronounIn } from '../store/versions.ts'
import { type App, channelOf } from './app.ts'

const QUIET_MS = 10 * 60_000

/** The words of this minute for a queued message, or a counsellor's own line; null when that line is gone. */
export async function partOf(app: App, row: Claimed): Promise<Part | null> {
  if (row.message !== null) return botPart(app, row, row.message)
  const text = row.words === null ? null : await openWords(app.store, app.vault, row.words)
  return text === null ? null : { paragraphs: [...discreetLine(app, row), text], markup: false, choices: [] }
}

/** A message of the bot about this person; where no words are left it is the card with the emergency numbers. */
export async function botPart(app: App, row: Claimed, message: Message): Promise<Part> {
  const pronoun = pronounIn(row.conversation)
  const answers = await openAnswers(app, message)
  const { paragraphs, choices } = compose(message, {
    book: app.book(),
    directory: app.directory(),
    pronoun,
    now: app.now(),
    service: serviceFacts(app),
    answer: (id) => answers.get(id),
  })
  const said = paragraphs.length > 0 ? paragraphs : SAFE_CARD
  return { paragraphs: [...discreetLine(app, row), ...said], markup: true, choices }
}

function serviceFacts({ settings: { operator, retentionDays } }: App): ServiceFacts {
  return {
    operator: operator.name,
    operator_type: operator.type,
    readers: operator.readers,
    retention_days: String(retentionDays),
  }
}

/** What comes long after the person wrote begins with a line that gives nothing away on a lock screen. */
function discreetLine(app: App, row: Claimed): readonly string[] {
  const late = app.now() - row.activeAt > QUIET_MS
  const pushes = channelOf(app, row.channel)?.limits.canPush === true
  return late && pushes ? wordsOf(app.book(), 'he-thong.tin-moi', 'vi') : []
}

async function openAnswers(app: App, message: Message): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>()
  for (const fill of message.blocks.flatMap((block) => Object.values(block.fills ?? {}))) {
    if (fill.type !== 'answer') continue
    const text = await openWords(app.store, app.vault, fill.id)
    if (text !== null) answers.set(fill.id, text)
  }
  return answers
}
