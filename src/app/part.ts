import type { Limits, Part } from '../channels/channel.ts'
import type { Id, Message } from '../engine/content.ts'
import type { Recording } from '../engine/conversation.ts'
import type { ServiceFacts } from '../engine/facts.ts'
import { type ComposeContext, compose } from '../engine/fill.ts'
import { SAFE_CARD, wordsOf } from '../engine/safe-card.ts'
import { split } from '../engine/split.ts'
import { greetingSound } from '../store/greetings.ts'
import { openWords } from '../store/lines.ts'
import type { Claimed } from '../store/outbox.ts'
import { openRecording } from '../store/recordings.ts'
import { heardSound } from '../store/topic-recordings.ts'
import { pronounIn } from '../store/versions.ts'
import { type App, channelOf } from './app.ts'
import { spokenPath } from './spoken.ts'
import { talkBook } from './talk-book.ts'

const QUIET_MS = 10 * 60_000

/** The words of this minute for a queued message, or a counsellor's own line; null when that line is gone. */
export async function partOf(app: App, row: Claimed): Promise<Part | null> {
  if (row.kind === 'staff_relay' && row.words !== null) return relayPart(app, row, row.words)
  if (row.message !== null) return botPart(app, row, row.message)
  const sound = row.kind === 'staff_reply' ? await openRecording(app.store, app.vault, row.contact, row.id) : null
  const text = row.words === null ? null : await openWords(app.store, app.vault, row.words)
  if (sound && text !== null) {
    const voice = { mime: sound.mime, bytes: Buffer.from(sound.data, 'base64') }
    return { paragraphs: [text], markup: false, choices: [], voice }
  }
  return text === null ? null : { paragraphs: [...discreetLine(app, row), text], markup: false, choices: [] }
}

/** A message of the bot about this person; where no words are left it is the card with the emergency numbers. */
export async function botPart(app: App, row: Claimed, message: Message): Promise<Part> {
  const pronoun = pronounIn(row.conversation)
  const answers = await openAnswers(app, message)
  const { paragraphs, choices } = compose(message, {
    book: talkBook(app),
    directory: app.directory(),
    pronoun,
    now: app.now(),
    service: serviceFacts(app),
    answer: (id) => answers.get(id),
  })
  const { voice, transcript, gone } = await soundOf(app, row, message)
  const words = gone ? wordsOf(talkBook(app), 'he-thong.chu-de-mat', 'vi') : [...paragraphs, ...transcript]
  const said = paragraphs.length > 0 ? words : SAFE_CARD
  if (isForStaff(row.kind)) return { paragraphs: said, markup: true, choices: buttons(app, row) ? choices : [] }
  return { paragraphs: [...discreetLine(app, row), ...said], markup: true, choices, ...(voice ? { voice } : {}) }
}

interface Sound extends Pick<Part, 'voice'> {
  /** What is said, in Vietnamese. */
  transcript: readonly string[]
  /** The text was taken down since, or its speaker took their voice back. */
  gone?: true
}

/** The sound of a greeting or a spoken text where the channel carries it; elsewhere its words say the same. */
async function soundOf(app: App, row: Claimed, { greeting, spoken }: Message): Promise<Sound> {
  const limits = channelOf(app, row.channel)?.limits
  if (spoken !== undefined) return spokenOf(app, spoken, limits)
  if (greeting === undefined || limits?.voice !== true) return { transcript: [] }
  const sound = await greetingSound(app.store, greeting)
  return { transcript: [], ...(sound ? { voice: voiceOf(sound) } : {}) }
}

async function spokenOf(app: App, id: Id, limits: Limits | undefined): Promise<Sound> {
  const [topic = '', language = ''] = id.split(':')
  const any = talkBook(app).topics.some((one) => one.id === topic) ? await heardSound(app.store, id) : null
  if (!any) return { transcript: [], gone: true }
  const transcript = [any.transcript.replaceAll('*', '')]
  if (limits?.voice === true) return { transcript, voice: voiceOf(any) }
  const { publicUrl } = app.settings
  if (limits?.voiceAddress !== true || !publicUrl?.startsWith('https://')) return { transcript }
  const aac = await heardSound(app.store, id, ['aac'])
  const address = `${publicUrl}${spokenPath(topic, language, 'audio/aac')}`
  return { transcript, ...(aac ? { voice: { ...voiceOf(aac), address } } : {}) }
}

const voiceOf = ({ mime, data }: Recording) => ({ mime, bytes: Buffer.from(data, 'base64') })

export function isForStaff(kind: string): boolean {
  return kind.startsWith('staff_') && kind !== 'staff_reply'
}

/** Staff commands are words; a number would be unclear with several tickets waiting. */
function buttons(app: App, row: Claimed): boolean {
  return channelOf(app, row.channel)?.limits.buttons === true
}

/** Leaves room for the code on every channel. */
const RELAYED = 1_800

/** A person's line as they wrote it, after the code of their ticket; the rest of a long one is read at the desk. */
async function relayPart(app: App, row: Claimed, words: string): Promise<Part | null> {
  const sealed = await openWords(app.store, app.vault, words)
  const code = row.message?.blocks[0]?.fills?.code
  if (sealed === null || code?.type !== 'text') return null
  const { text } = JSON.parse(sealed) as { text: string }
  const [first = '', ...rest] = split(text, RELAYED)
  const more = rest.length > 0 ? wordsOf(talkBook(app), 'dien-thoai.con-nua', 'vi') : []
  return { paragraphs: [`${code.text}: ${first}`, ...more], markup: false, choices: [] }
}

/** Words as somebody of the house reads them out: with the names of this house, and without marks. */
export function wordsOfHouse(app: App, key: string): readonly string[] {
  const kind = app.settings.operator.kind ?? 'chua-khai'
  const fills = { operator_notice: { type: 'words', key: `he-thong.don-vi.${kind}` } } as const
  const context: ComposeContext = {
    book: app.book(),
    directory: app.directory(),
    pronoun: null,
    now: app.now(),
    service: serviceFacts(app),
    answer: () => undefined,
  }
  return compose({ blocks: [{ key, fills }] }, context).paragraphs.map((one) => one.replaceAll('*', ''))
}

/** What words may name of the house that runs this service. */
export function serviceFacts({ settings: { operator, retentionDays } }: App): ServiceFacts {
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
  return late && pushes ? wordsOf(talkBook(app), 'he-thong.tin-moi', 'vi') : []
}

async function openAnswers(app: App, message: Message): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>()
  for (const fill of message.blocks.flatMap((block) => Object.values(block.fills ?? {}))) {
    if (fill.type !== 'answer' && fill.type !== 'own_help') continue
    const text = await openWords(app.store, app.vault, fill.id)
    if (text !== null) answers.set(fill.id, text)
  }
  return answers
}
