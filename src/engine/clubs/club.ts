import type { Fills, Id, Instant, Option } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import type { Club, Directory } from '../facts.ts'
import type { Appointment } from '../visits/appointment.ts'

/**
 * The three groups of people after rehabilitation (Luật Phòng, chống ma tuý 2025, Điều 42): who completed voluntary or
 * substitution treatment, who was 12 to under 18, who completed compulsory rehabilitation. Staff of the point know it;
 * the board of a club never does.
 */
export const LEGAL_GROUPS = ['voluntary', 'young', 'compulsory'] as const
export type LegalGroup = (typeof LEGAL_GROUPS)[number]

/** Somebody's place in a club, from the invitation on. */
export interface Membership {
  id: Id
  club: Id
  state: 'invited' | 'member'
  /** Sealed words: how the club calls them. */
  name: Id | null
  /** They agreed to be asked after when they do not come. */
  followUp: boolean
}

/** A meeting as far as one person's turn needs to know it. */
export interface MeetingFact {
  id: Id
  club: Id
  /** The point that stands behind the club. */
  point: Id
  startsAt: Instant
  minutes: number
  place: string
  /** Members may bring somebody of their family. */
  family: boolean
  /** How many can come; null: as many as like to. */
  capacity: number | null
  state: 'planned' | 'cancelled'
  /** Seats that others have. */
  taken: ReadonlySet<number>
  /** How many wait for a seat and asked before this person. */
  ahead: number
}

/** The calendar whose numbered rows are the seats of a meeting. */
export const seatsOfMeeting = (meeting: Id): string => `buoi:${meeting}`

/** What the choices under every word about a meeting are called; the numbers mean the same as under any reminder. */
export const MEETING_REPLIES = ['se-den', 'ban', 'noi', 'cung-nha'] as const

export function meetingOptions({ meeting }: Pick<Appointment, 'meeting'>): readonly Option[] {
  return MEETING_REPLIES.filter((id) => meeting?.family === true || id !== 'cung-nha').map((id) => ({
    id,
    label: { type: 'words', key: `sinh-hoat.tra-loi.${id}` },
  }))
}

export const membershipOf = ({ club }: Conversation): Membership | null => club ?? null

/** The point that stands behind a club: the one it names, or the one that serves its commune. */
export function pointOfClub({ points }: Pick<Directory, 'points'>, club: Club): Id | null {
  const named = points.find(({ id }) => id === club.point)
  return (named ?? points.find(({ communes }) => communes.includes(club.commune)))?.id ?? null
}

/** The values that words about somebody's club may name. */
export function clubFills(state: Conversation, { clubs }: Pick<Directory, 'clubs'>): Fills {
  const club = clubs.find(({ id }) => id === state.club?.club)
  if (!club) return {}
  return {
    club_name: { type: 'text', text: club.name },
    club_place: { type: 'text', text: club.place ?? 'nơi sẽ báo trước mỗi buổi' },
  }
}
