import type { InboundEvent } from '../conversation.ts'
import type { Match } from '../triggers.ts'
import type { Turn } from '../turn.ts'
import { introduce } from '../understand.ts'
import { startFlow } from '../walk.ts'
import { CONTEST_FLOW } from './contest.ts'

/** Who comes by the paper of a contest and only says "start" is led to it, new here or not. */
export function enterContest(
  turn: Turn,
  { entrance }: Extract<InboundEvent, { type: 'message' }>,
  verb: Match | null,
): boolean {
  const { book, facts } = turn
  const known = entrance !== undefined && (facts.directory.contests ?? []).some((one) => one.entrance === entrance)
  const action = verb?.trigger.action
  const begins = verb?.sure && action?.type === 'start' && action.flow === book.home
  if (!known || !begins || !book.flow(CONTEST_FLOW)) return false
  introduce(turn, CONTEST_FLOW)
  startFlow(turn, CONTEST_FLOW)
  return true
}
