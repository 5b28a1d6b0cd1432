import { giveConsent, withdrawConsent } from './consent.ts'
import type { Id, Instant } from './content.ts'
import type { Timer } from './conversation.ts'
import { emit, nextId, prose, type Turn } from './turn.ts'

/** A code is good for this long, and so is the question in the other chat. */
export const JOIN_MS = 15 * 60_000

/** The other chat of the same person has typed this chat's code; this one has not said yes or no yet. */
export interface Joining {
  code: string
  other: Id
  at: Instant
}

const joiningOf = ({ state, at }: Turn): Joining | null =>
  state.joining && at - state.joining.at <= JOIN_MS ? state.joining : null

/** How a chat stands to being joined: `asked` while it is to be confirmed here, `joined`, or `none`. */
export const joiningFact = (turn: Turn): 'asked' | 'joined' | 'none' =>
  joiningOf(turn) ? 'asked' : turn.state.joined ? 'joined' : 'none'

const FORMS = ['join_code', 'join_accept', 'join_refuse', 'join_part'] as const
export type JoinForm = (typeof FORMS)[number]
export const isJoinForm = (form: string): form is JoinForm => (FORMS as readonly string[]).includes(form)

/** @returns false when there is nothing to say yes to any more */
export function submitJoin(turn: Turn, form: JoinForm): boolean {
  const joining = joiningOf(turn)
  switch (form) {
    case 'join_code': {
      const { joinCode } = turn.facts
      if (!joinCode) return false
      emit(turn, { type: 'slips_withdrawn' })
      const words = prose(turn, joinCode.shown)
      const { at } = turn
      emit(turn, { type: 'slip_made', code: joinCode.code, by: null, at, expiresAt: at + JOIN_MS, words })
      return true
    }
    case 'join_accept':
      if (!joining || turn.facts.otherAgrees === false) {
        if (joining) emit(turn, { type: 'join_refused', code: joining.code })
        if (!turn.state.joined) withdrawConsent(turn, 'join', null)
        return false
      }
      emit(turn, { type: 'channels_joined', code: joining.code, other: joining.other, at: turn.at })
      return true
    case 'join_refuse':
      if (!joining) return false
      emit(turn, { type: 'join_refused', code: joining.code })
      return true
    case 'join_part':
      withdrawConsent(turn, 'join', null)
      emit(turn, { type: 'channels_parted', at: turn.at })
      return true
    default:
      return form satisfies never
  }
}

/** This chat typed the other's code and said yes: now the other is asked. */
export function askOther(turn: Turn, code: string, other: Id): void {
  giveConsent(turn, 'join', 'he-thong.noi.hoi', null)
  emit(turn, { type: 'join_asked', code, other, at: turn.at })
}

/** What the timer of a join that is over carries instead of a code. */
export const OVER = 'tach'

/** The code of this chat was typed elsewhere: it is told so in words that say nothing, and nothing is joined yet. */
export function joinDue(turn: Turn, timer: Timer): void {
  const [, code = '', other = ''] = timer.id.split(':')
  if (code === OVER) return endJoin(turn)
  if (code === '' || other === '' || turn.at - timer.dueAt > JOIN_MS)
    return emit(turn, { type: 'ignored', reason: 'too_late' })
  emit(turn, { type: 'join_heard', code, other, at: turn.at })
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: 'conversation',
    kind: 'answer',
    message: { blocks: [{ key: 'noi-kenh.moi.kin' }] },
  })
}

/** Nothing joins this chat any more: its yes ends, and nobody is told, for whoever typed the code may be a stranger. */
function endJoin(turn: Turn): void {
  withdrawConsent(turn, 'join', null)
  if (turn.state.joined) emit(turn, { type: 'join_over' })
}
