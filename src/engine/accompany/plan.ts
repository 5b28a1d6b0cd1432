import { consentTo, withdrawConsent } from '../consent.ts'
import type { Fills, FillValue, Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import { dropAnswers } from '../enrolment/request.ts'
import type { Directory } from '../facts.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { supportingPoint } from './supporter.ts'

/**
 * The parts of a person's own plan, each an answer in their own words: the goal, the smallest step of this week, whom
 * they can call, when it is shaky (where, who, what feeling, money), what helps them through.
 */
export const PLAN_PARTS = ['plan_goal', 'plan_step', 'plan_people', 'plan_shaky', 'plan_helps'] as const
export type PlanPart = (typeof PLAN_PARTS)[number]

/** That there is a plan, and when it was last changed. Its words are answers, sealed. */
export interface OwnPlan {
  id: Id
  changedAt: Instant
}

/** What fits, with all its parts, into one message of every channel. */
export const PLAN_LIMIT = 200
const DAY_MS = 86_400_000
/** A plan is kept so long after it was last changed. */
export const PLAN_KEPT_DAYS = 365

const isPart = (name: string | null): name is PlanPart => PLAN_PARTS.some((part) => part === name)

/** Text that belongs to the person alone, and stands in no talk that staff read. */
export const isOwnText = (name: string | null): boolean => isPart(name)

/** A part of a plan is cut to what can be shown again as a whole. */
export function ownWords(name: string | null, text: string): string {
  return isPart(name) && text.length > PLAN_LIMIT ? `${text.slice(0, PLAN_LIMIT - 1).trimEnd()}…` : text
}

/** The line in which the person wrote it is closed to staff, shared plan or not. */
export function closeLine(turn: Turn): void {
  const heard = turn.events.find((one) => one.type === 'message_received')
  if (heard?.words) emit(turn, { type: 'line_closed', id: heard.words.id })
}

const filled = ({ answers }: Pick<Conversation, 'answers'>): readonly PlanPart[] =>
  PLAN_PARTS.filter((name) => answers[name]?.type === 'words')

/** `kept`: it is the person's alone; `shared`: they said that staff and their supporter may read it. */
export function planState(turn: Turn): 'none' | 'kept' | 'shared' {
  if (!turn.state.plan) return 'none'
  return consentTo(turn, 'plan_share') ? 'shared' : 'kept'
}

/**
 * The point that reads a shared plan: the one in the text of the yes, whatever is chosen later. Before a yes: that of their
 * supporter, of their choice, of who answers them or wrote them down; null where there is none.
 */
export function planPoint(state: Conversation, directory: Pick<Directory, 'points' | 'supporters'>): Id | null {
  const { consents, answers, ticket, walkIn } = state
  if (consents?.plan_share) return consents.plan_share.point ?? null
  const chosen = answers.point?.type === 'code' ? answers.point.value : null
  const near = [supportingPoint(state, directory), chosen, ticket?.point, walkIn?.point]
  return near.find((one) => directory.points.some(({ id }) => id === one)) ?? null
}

/** The plan as it stands now; one without a single word is none. */
export function keepPlan(turn: Turn): boolean {
  const parts = filled(turn.state).length
  if (parts === 0) {
    if (turn.state.plan) dropPlan(turn)
    return false
  }
  const club = turn.state.club?.state === 'member' ? turn.state.club.club : null
  emit(turn, { type: 'plan_kept', id: turn.state.plan?.id ?? nextId(turn), club, at: turn.at })
  return true
}

/** The person throws it away, or its time is over: the words go, and so does what others were allowed. */
export function dropPlan(turn: Turn): boolean {
  const { plan } = turn.state
  dropAnswers(turn, PLAN_PARTS)
  withdrawConsent(turn, 'plan_share', null)
  if (plan) emit(turn, { type: 'plan_dropped', id: plan.id, at: turn.at })
  return Boolean(plan)
}

export function unsharePlan(turn: Turn): boolean {
  const stood = consentTo(turn, 'plan_share') !== null
  withdrawConsent(turn, 'plan_share', null)
  return stood
}

export function isPlanKept({ plan }: Conversation, at: Instant): boolean {
  return plan ? plan.changedAt + PLAN_KEPT_DAYS * DAY_MS > at : false
}

/** The sealed words of a plan. */
export function planWords({ answers }: Pick<Conversation, 'answers'>): readonly Id[] {
  return filled({ answers }).flatMap((name) => (answers[name]?.type === 'words' ? [answers[name].id] : []))
}

/** The parts of one's own plan, and what one wrote down as a help, for the moment in which it is needed. */
export function planFills(state: Conversation, directory: Pick<Directory, 'points' | 'supporters'>): Fills {
  const { answers } = state
  const part = (name: PlanPart): FillValue => {
    const answer = answers[name]
    return answer?.type === 'words' ? { type: 'answer', id: answer.id } : { type: 'words', key: 'ke-hoach.chua-ghi' }
  }
  const helps = answers.plan_helps
  const point = planPoint(state, directory)
  return {
    ...Object.fromEntries(PLAN_PARTS.map((name) => [name, part(name)])),
    plan_point: point === null ? { type: 'words', key: 'ke-hoach.diem-chua-co' } : { type: 'point_line', id: point },
    ...(helps?.type === 'words' ? { own_help: { type: 'own_help', id: helps.id } } : {}),
  }
}

/** Words of a plan in what the bot says: staff do not see such a line. */
export function tellsOwn(fills: Fills | undefined): boolean {
  return Object.entries(fills ?? {}).some(
    ([name, value]) => value.type === 'own_help' || (isPart(name) && value.type === 'answer'),
  )
}
