import { instantOn, zoned } from '../clock/zone.ts'
import { consentTo, giveConsent, withdrawConsent } from '../consent.ts'
import type { Fills, FillValue, Id, Instant } from '../content.ts'
import type { Conversation, StaffAction, Timer } from '../conversation.ts'
import { dropAnswers } from '../enrolment/request.ts'
import { dayOf } from '../hours.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { momentFor, windowOf } from '../visits/calm.ts'

/**
 * What is looked at each month, in agreed words: sleep, money and work, the family, who and what is around, how one
 * finds oneself. None of it is about use, and no other may be added that is.
 */
export const SCORES = ['sleep', 'work', 'family', 'around', 'self'] as const
export type ScoreName = (typeof SCORES)[number]
export type Score = 0 | 1 | 2 | 3
/** What was skipped is left out. */
export type Scores = Readonly<Partial<Record<ScoreName, Score>>>

/** Whose view it is: the person's own, or that of whoever walks beside them. */
export const SIDES = ['self', 'supporter'] as const
export type Side = (typeof SIDES)[number]

/** A month in Vietnam, as `2026-11`. */
export type Month = string

/** The months as the person answered them, so that they can see how it goes. */
export interface Progress {
  /** Words sent in a row that were not answered. */
  silent: number
  months: readonly { month: Month; scores: Scores }[]
}

/** After so many months without an answer nobody is asked any more. */
export const SILENT_MONTHS = 3
/** Months that stay in the conversation. */
const KEPT = 12
const MORNING = 9 * 60 + 30
const LATE_MS = 7 * 86_400_000

const timerId = (contact: Id): Id => `tien-bo:${contact}`
const answerName = (name: ScoreName): string => `score_${name}`
/** Answers that are gathered for one month, and go when it is written down. */
export const SCORE_ANSWERS: readonly string[] = SCORES.map(answerName)

export const monthOf = (at: Instant): Month => dayOf(at).slice(0, 7)

/** `off`: they did not say yes to being asked; `due`: this month is open; `done`: it is answered. */
export function progressState(turn: Turn): 'off' | 'due' | 'done' {
  if (!consentTo(turn, 'progress')) return 'off'
  return turn.state.progress?.months.some(({ month }) => month === monthOf(turn.at)) ? 'done' : 'due'
}

/** After their yes: a word comes once a month. */
export function beginProgress(turn: Turn): boolean {
  if (!consentTo(turn, 'progress')) return false
  setTimer(turn)
  return true
}

function setTimer(turn: Turn): void {
  const { state, at, facts } = turn
  const wanted = instantOn(zoned(at).add({ months: 1 }).toPlainDate(), MORNING)
  const hours = state.answers.reminder_hours
  const window = windowOf(hours?.type === 'code' ? hours.value : null)
  const bounds = { earliest: at, latest: wanted + LATE_MS }
  const dueAt = momentFor(wanted, bounds, window, facts.directory.calendar) ?? wanted
  const id = timerId(state.contact)
  emit(turn, { type: 'timer_cleared', id })
  emit(turn, { type: 'timer_set', id, kind: 'progress', dueAt })
}

/** One word a month; somebody without a chat is called. After three months of silence nobody asks any more. */
export function progressDue(turn: Turn, timer: Timer): void {
  if (!consentTo(turn, 'progress')) return emit(turn, { type: 'ignored', reason: 'no_consent' })
  const { silent = 0 } = turn.state.progress ?? {}
  if (silent < SILENT_MONTHS - 1) setTimer(turn)
  if (progressState(turn) === 'done') return
  if (turn.state.walkIn) {
    emit(turn, { type: 'progress_asked', month: monthOf(turn.at) })
    return emit(turn, { type: 'call_planned', on: dayOf(turn.at) })
  }
  emit(turn, { type: 'progress_asked', month: monthOf(turn.at) })
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: 'unprompted',
    kind: 'broadcast',
    message: { blocks: [{ key: 'tien-bo.nhac.kin' }] },
    expiresAt: timer.dueAt + LATE_MS,
  })
}

/** The month as the person answered it; what was skipped is not written down, and all skipped is no month. */
export function keepProgress(turn: Turn): boolean {
  if (!consentTo(turn, 'progress')) return false
  const scores: Partial<Record<ScoreName, Score>> = {}
  for (const name of SCORES) {
    const answer = turn.state.answers[answerName(name)]
    if (answer?.type === 'code' && /^[0-3]$/.test(answer.value)) scores[name] = Number(answer.value) as Score
  }
  dropAnswers(turn, SCORE_ANSWERS)
  if (Object.keys(scores).length === 0) return false
  note(turn, monthOf(turn.at), 'self', scores, null)
  setTimer(turn)
  return true
}

function note(turn: Turn, month: Month, side: Side, scores: Scores, by: Id | null): void {
  const club = turn.state.club?.state === 'member' ? turn.state.club.club : null
  emit(turn, { type: 'progress_noted', id: nextId(turn), month, side, scores, club, by, at: turn.at })
}

/** "Đừng hỏi nữa": the yes is taken back, and no word comes. */
export function stopProgress(turn: Turn): boolean {
  dropAnswers(turn, SCORE_ANSWERS)
  emit(turn, { type: 'timer_cleared', id: timerId(turn.state.contact) })
  const stood = consentTo(turn, 'progress') !== null
  withdrawConsent(turn, 'progress', null)
  return stood
}

/** Staff write down a month: the supporter's view, or what the person told them; only with the person's yes. */
export function noteProgress(turn: Turn, by: Id, action: Extract<StaffAction, { type: 'note_progress' }>): void {
  const { month, side, scores, heard } = action
  const oldest = monthOf(zoned(turn.at).subtract({ months: 2 }).epochMilliseconds)
  if (month > monthOf(turn.at) || month < oldest) return emit(turn, { type: 'ignored', reason: 'no_such_month' })
  if (Object.keys(scores).length === 0) return emit(turn, { type: 'ignored', reason: 'empty' })
  if (!consentTo(turn, 'progress')) {
    if (!heard) return emit(turn, { type: 'ignored', reason: 'no_consent' })
    giveConsent(turn, 'progress', 'tien-bo.moi', by)
    setTimer(turn)
  }
  note(turn, month, side, scores, by)
}

/** The conversation's own months with this one in its place. */
export function withMonth({ months = [] }: Partial<Progress>, month: Month, scores: Scores): Progress {
  const others = months.filter((one) => one.month !== month)
  return {
    silent: 0,
    months: [...others, { month, scores }].toSorted((a, b) => (a.month < b.month ? -1 : 1)).slice(-KEPT),
  }
}

/** How the last month and the one before it looked, in words. */
export function progressFills({ progress }: Conversation): Fills {
  const [now, before] = [...(progress?.months ?? [])].reverse()
  if (!now) return {}
  const value = (score: Score | undefined): FillValue => ({ type: 'words', key: `tien-bo.muc.${score ?? 'chua'}` })
  return {
    progress_month: { type: 'text', text: now.month.split('-').reverse().join('/') },
    ...Object.fromEntries(
      SCORES.flatMap((name) => [
        [`progress_${name}_then`, value(before?.scores[name])],
        [`progress_${name}_now`, value(now.scores[name])],
      ]),
    ),
  }
}

/** Is a monthly word still to come. */
export function isProgressAhead({ consents, progress }: Conversation): boolean {
  return consents?.progress !== undefined && (progress?.silent ?? 0) < SILENT_MONTHS
}
