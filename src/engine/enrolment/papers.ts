import { daysBefore, instantOn } from '../clock/zone.ts'
import type { Id, Option } from '../content.ts'
import type { Timer } from '../conversation.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { momentFor, windowOf } from '../visits/calm.ts'
import { NO_PLAN, type Paper } from './clocks.ts'
import { enrolmentOf, isOver } from './enrolment.ts'

const DAY_MS = 86_400_000
const MORNING = 9 * 60
/** After how many days a person may wish to be reminded of their papers. */
const AFTER: Readonly<Record<string, number>> = { 'ba-ngay': 3, 'mot-tuan': 7 }

const timerId = (contact: Id): Id => `giay:${contact}`

/** The papers of the way that the person's request is about. */
export function papersOf(turn: Turn): readonly Paper[] {
  const open = enrolmentOf(turn.state)
  const { papers } = turn.book.enrolment ?? NO_PLAN
  return open && !isOver(open) ? (papers[open.form] ?? papers['chua-biet'] ?? []) : []
}

/** Each paper with a mark before it: there, or still to be found. */
export function paperOptions(turn: Turn): readonly Option[] {
  const done = enrolmentOf(turn.state)?.papers ?? []
  return papersOf(turn).map(({ id, title }) => ({
    id,
    label: { type: 'text', text: `${done.includes(id) ? '☑' : '☐'} ${title}` },
  }))
}

/** Ticks the paper that was chosen, or takes the tick away. */
export function tickPaper(turn: Turn): boolean {
  const open = enrolmentOf(turn.state)
  const answer = turn.state.answers.paper
  const paper = papersOf(turn).find(({ id }) => answer?.type === 'code' && answer.value === id)
  if (!open || !paper) return false
  emit(turn, { type: 'paper_ticked', enrolment: open.id, paper: paper.id, done: !open.papers.includes(paper.id) })
  return true
}

/** One reminder, because they asked for it; in daytime, and at the hours they chose. */
export function remindOfPapers(turn: Turn): boolean {
  const answer = turn.state.answers.papers_remind
  const days = answer?.type === 'code' ? AFTER[answer.value] : undefined
  const open = enrolmentOf(turn.state)
  if (!open || isOver(open) || days === undefined) return false
  const wanted = instantOn(daysBefore(turn.at, -days), MORNING)
  const hours = turn.state.answers.reminder_hours
  const window = windowOf(hours?.type === 'code' ? hours.value : null)
  const { calendar } = turn.facts.directory
  const dueAt = momentFor(wanted, { earliest: turn.at, latest: wanted + 7 * DAY_MS }, window, calendar)
  if (dueAt === null) return false
  clearPapersTimer(turn)
  emit(turn, { type: 'timer_set', id: timerId(turn.state.contact), kind: 'papers', dueAt })
  return true
}

export function clearPapersTimer(turn: Turn): void {
  emit(turn, { type: 'timer_cleared', id: timerId(turn.state.contact) })
}

/** The word they asked for; not when every paper is there, or the request is over. */
export function papersDue(turn: Turn, timer: Timer): void {
  const done = enrolmentOf(turn.state)?.papers ?? []
  const missing = papersOf(turn).filter(({ id }) => !done.includes(id))
  if (missing.length === 0) return emit(turn, { type: 'ignored', reason: 'no_papers' })
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: 'unprompted',
    kind: 'reminder',
    message: { blocks: [{ key: 'giay-to.nhac.kin' }] },
    expiresAt: timer.dueAt + 7 * DAY_MS,
  })
}
