import type { Media } from '../engine/conversation.ts'
import type { SlipFact } from '../engine/facts.ts'

/**
 * A golden conversation: what a person does, what the bot shows as keys, and what happened that matters.
 *
 *     # the promise
 *     at 2026-11-23 09:00
 *     until 2026-11-26 09:00         time passes, and what falls due on the way happens
 *     slip expired                   what a slip's code stands for from here on: open, used, expired, unknown, throttled
 *     contest open                   the one contest of this world is open from here on; `before`, `after`: of a pair; `prize`: with one; `closed`
 *     points none                    the directory is empty from here on; `points samples` fills it again
 *     card nguoi-lao-dong            they came by the card of a place that opens this shelf first
 *     spoken qua-lieu mong           a text can be heard in this language
 *     meeting 2026-12-05 09:00       their club announces a meeting, or moves it there; then `full`, `family`: no seat left,
 *                                    or one may bring somebody; `meeting seat`: one becomes free; `meeting cancelled`
 *     > what the person types        >> 2  the second choice pressed        >! photo
 *     @ lan take                     a counsellor: take, reply <text>, hand_back, close, and of the appointment next due
 *                                    book <day> <time>, move <day> <time>, cancel, attended, missed; invite to a club;
 *                                    of their request enrol <state>, enrol_transfer (to another point); refer (to a place),
 *                                    referral <state>;
 *                                    somebody to walk beside them: supporter, supporter heard
 *     < chao.gioi-thieu + chao.ai [minh, nguoi-than]
 *     ! ticket_opened routine person
 */
export interface Transcript {
  title: string
  lines: readonly TranscriptLine[]
}

export type TranscriptLine = InputLine | OutputLine

export type InputLine =
  | { type: 'at' | 'until'; day: string; time: string }
  | { type: 'points'; points: 'none' | 'samples' }
  | { type: 'slip'; state: SlipFact['state'] }
  | { type: 'contest'; what: ContestWord }
  | { type: 'card'; shelf: string }
  | { type: 'spoken'; topic: string; language: string }
  | { type: 'meeting'; what: MeetingWord; day: string; time: string }
  | { type: 'text'; text: string }
  | { type: 'press'; position: number }
  | { type: 'media'; media: Media }
  | { type: 'staff'; by: string; action: StaffWord; text: string }

export type OutputLine =
  | { type: 'said'; keys: readonly string[]; options: readonly string[] }
  | { type: 'happened'; event: string }

const CONTEST_WORDS = ['open', 'before', 'after', 'prize', 'closed'] as const
export type ContestWord = (typeof CONTEST_WORDS)[number]

const MEETING_WORDS = ['open', 'full', 'family', 'seat', 'cancelled'] as const
export type MeetingWord = (typeof MEETING_WORDS)[number]

const STAFF_WORDS = [
  'take',
  'reply',
  'hand_back',
  'close',
  'book',
  'move',
  'cancel',
  'attended',
  'missed',
  'invite',
  'enrol',
  'enrol_transfer',
  'refer',
  'referral',
  'supporter',
] as const
export type StaffWord = (typeof STAFF_WORDS)[number]

const MEDIA: readonly Media[] = ['photo', 'voice', 'video', 'sticker', 'file', 'location', 'contact', 'unsupported']

export function isInput(line: TranscriptLine): line is InputLine {
  return line.type !== 'said' && line.type !== 'happened'
}

/** The transcript, or the first line that is not one. */
export function parseTranscript(text: string): Transcript | { line: number; message: string } {
  const rows = text.replaceAll('\r\n', '\n').normalize('NFC').split('\n')
  let title = ''
  const lines: TranscriptLine[] = []
  for (const [i, raw] of rows.entries()) {
    const row = raw.trim()
    if (row === '') continue
    if (row.startsWith('#')) {
      title = title === '' ? row.replace(/^#+\s*/, '') : title
      continue
    }
    const line = parseLine(row)
    if (typeof line === 'string') return { line: i + 1, message: line }
    lines.push(line)
  }
  if (title === '') return { line: 1, message: 'Dòng đầu phải là lời hứa: “# …”.' }
  if (lines[0]?.type !== 'at') return { line: 2, message: 'Trước lời đầu tiên phải có giờ: “at 2026-11-23 09:00”.' }
  return { title, lines }
}

function parseLine(row: string): TranscriptLine | string {
  const at = /^(at|until) (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(row)
  if (at) return { type: at[1] as 'at' | 'until', day: at[2]!, time: at[3]! }
  if (row === 'points none') return { type: 'points', points: 'none' }
  if (row === 'points samples') return { type: 'points', points: 'samples' }
  const slip = /^slip (open|used|expired|unknown|throttled)$/.exec(row)
  if (slip) return { type: 'slip', state: slip[1] as SlipFact['state'] }
  const contest = CONTEST_WORDS.find((word) => row === `contest ${word}`)
  if (contest) return { type: 'contest', what: contest }
  const card = /^card ([a-z-]+)$/.exec(row)
  if (card) return { type: 'card', shelf: card[1]! }
  const spoken = /^spoken ([a-z0-9-]+) ([a-z-]+)$/.exec(row)
  if (spoken) return { type: 'spoken', topic: spoken[1]!, language: spoken[2]! }
  const meeting = /^meeting (?:(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(?: (full|family))?|(seat|cancelled))$/.exec(row)
  if (meeting) {
    const [, day = '', time = '', kind, word] = meeting
    return { type: 'meeting', what: (word ?? kind ?? 'open') as MeetingWord, day, time }
  }
  const press = /^>> (\d+)$/.exec(row)
  if (press) return { type: 'press', position: Number(press[1]) }
  const media = /^>! (\w+)$/.exec(row)
  if (media) {
    const kind = MEDIA.find((one) => one === media[1])
    return kind ? { type: 'media', media: kind } : `Không có loại “${media[1]}”. Chỉ có: ${MEDIA.join(', ')}.`
  }
  const typed = /^> (.+)$/.exec(row)
  if (typed) return { type: 'text', text: typed[1]! }
  const staff = /^@ (\S+) (\S+)(?: (.+))?$/.exec(row)
  const action = STAFF_WORDS.find((one) => one === staff?.[2])
  if (staff && action) return { type: 'staff', by: staff[1]!, action, text: staff[3] ?? '' }
  const said = /^< ([^[\]]+?)(?: \[([^\]]*)\])?$/.exec(row)
  if (said) return { type: 'said', keys: said[1]!.split(/\s*\+\s*/), options: listOf(said[2]) }
  const happened = /^! (.+)$/.exec(row)
  if (happened) return { type: 'happened', event: happened[1]! }
  return `Không hiểu dòng này: “${row}”.`
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The one way to write a transcript: an empty line before each turn. */
export function printTranscript(transcript: Transcript): string {
  let text = `# ${transcript.title}\n`
  let before: TranscriptLine | undefined
  for (const line of transcript.lines) {
    const opens = isInput(line) && !['at', 'points', 'slip', 'contest', 'card', 'spoken'].includes(before?.type ?? '')
    text += `${opens ? '\n' : ''}${printLine(line)}\n`
    before = line
  }
  return text
}

export function printLine(line: TranscriptLine): string {
  switch (line.type) {
    case 'at':
    case 'until':
      return `${line.type} ${line.day} ${line.time}`
    case 'points':
      return `points ${line.points}`
    case 'slip':
      return `slip ${line.state}`
    case 'contest':
      return `contest ${line.what}`
    case 'card':
      return `card ${line.shelf}`
    case 'spoken':
      return `spoken ${line.topic} ${line.language}`
    case 'meeting': {
      if (line.day === '') return `meeting ${line.what}`
      return `meeting ${line.day} ${line.time}${line.what === 'open' ? '' : ` ${line.what}`}`
    }
    case 'text':
      return `> ${line.text}`
    case 'press':
      return `>> ${line.position}`
    case 'media':
      return `>! ${line.media}`
    case 'staff':
      return `@ ${line.by} ${line.action}${line.text === '' ? '' : ` ${line.text}`}`
    case 'said':
      return `< ${line.keys.join(' + ')}${line.options.length > 0 ? ` [${line.options.join(', ')}]` : ''}`
    case 'happened':
      return `! ${line.event}`
    default:
      return line satisfies never
  }
}
