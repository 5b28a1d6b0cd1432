import type { Id } from '../content.ts'
import type { StaffAction } from '../conversation.ts'
import { emit, nextId, prose, type Turn } from '../turn.ts'
import { membershipOf } from './club.ts'
import { leaveMeetings } from './meetings.ts'

type ClubAction = Extract<StaffAction, { type: 'club_invite' | 'club_join' | 'club_leave' }>

const ACTIONS = ['club_invite', 'club_join', 'club_leave']

export function isForClub(action: StaffAction): action is ClubAction {
  return ACTIONS.includes(action.type)
}

/** What staff do about somebody's place in a club: nobody is a member without their own yes. */
export function onClub(turn: Turn, by: Id, action: ClubAction): void {
  const membership = membershipOf(turn.state)
  switch (action.type) {
    case 'club_invite': {
      if (membership) return emit(turn, { type: 'ignored', reason: 'in_a_club' })
      const { club, group } = action
      emit(turn, { type: 'club_invited', id: nextId(turn), club, group, by, at: turn.at })
      if (turn.state.walkIn) return
      return emit(turn, {
        type: 'message_queued',
        id: nextId(turn),
        lane: turn.state.ticket?.heldBy ? 'conversation' : 'unprompted',
        kind: 'broadcast',
        message: { blocks: [{ key: 'sinh-hoat.loi-moi.kin' }] },
      })
    }
    case 'club_join': {
      const { club, group, name, followUp } = action
      if (membership && (membership.state === 'member' || membership.club !== club))
        return emit(turn, { type: 'ignored', reason: 'in_a_club' })
      const id = membership?.id ?? nextId(turn)
      if (!membership) emit(turn, { type: 'club_invited', id, club, group, by, at: turn.at })
      const words = prose(turn, name)
      return emit(turn, { type: 'club_joined', id, club, name: words.id, followUp, by, at: turn.at, words })
    }
    case 'club_leave':
      if (!membership) return emit(turn, { type: 'ignored', reason: 'in_no_club' })
      return leave(turn, by)
    default:
      return action satisfies never
  }
}

function leave(turn: Turn, by: Id | null): void {
  const membership = membershipOf(turn.state)
  if (!membership) return
  leaveMeetings(turn, by)
  emit(turn, { type: 'club_left', id: membership.id, club: membership.club, by, at: turn.at })
}

/** What the last steps of the flows about clubs ask for. */
export const CLUB_FORMS = ['club_join', 'club_leave'] as const
export type ClubForm = (typeof CLUB_FORMS)[number]

export const isClubForm = (form: string): form is ClubForm => (CLUB_FORMS as readonly string[]).includes(form)

/** The person joins the club they were invited to, or leaves it, or says no to it; false when there is none. */
export function submitClub(turn: Turn, form: ClubForm): boolean {
  const membership = membershipOf(turn.state)
  if (!membership) return false
  if (form === 'club_leave') {
    leave(turn, null)
    return true
  }
  const { club_nickname: name, club_follow_up: follow } = turn.state.answers
  emit(turn, {
    type: 'club_joined',
    id: membership.id,
    club: membership.club,
    name: name?.type === 'words' ? name.id : null,
    followUp: follow?.type === 'code' && follow.value === 'co',
    by: null,
    at: turn.at,
  })
  return true
}
