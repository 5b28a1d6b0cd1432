import type { Id } from './content.ts'
import type { Conversation } from './conversation.ts'
import type { Directory, Hours } from './facts.ts'

/** Where a member of staff belongs; shown to the person before the first human line. */
export type Affiliation = 'cong_an' | 'y_te' | 'ubnd' | 'doan_the' | 'to_chuc_xa_hoi'

/** `analyst` sees aggregates only, `admin` is technical and reads no messages. */
export type Role = 'counsellor' | 'lead' | 'club_board' | 'editor' | 'analyst' | 'admin'

/** Who may be asked to answer, as the directory holds them. */
export interface StaffMember {
  id: Id
  /** The first name people see, or null when they wish none. */
  shownAs: string | null
  affiliation: Affiliation
  roles: readonly Role[]
  /** The point they work for; null for the tier above every point. */
  point: Id | null
  /** When they are on duty; null: whenever their point is open. */
  duty: Hours | null
  /** False once they left: nobody calls them, nothing of theirs opens. */
  active: boolean
  /** Languages besides Vietnamese in which they answer, as declared. */
  languages: readonly string[]
}

/** May this member answer somebody at all: they have not left, and who belongs to the police was chosen. */
export function mayAnswer({ active, affiliation }: StaffMember, chosePolice: boolean): boolean {
  return active && (affiliation !== 'cong_an' || chosePolice)
}

/** May this member be called to somebody who waits: they answer people, as a counsellor or a lead. */
export function mayBeCalled(member: StaffMember, chosePolice: boolean): boolean {
  return mayAnswer(member, chosePolice) && (member.roles.includes('counsellor') || member.roles.includes('lead'))
}

/** May this member read and answer on their own phone: their point has switched it on. */
export function answersByPhone({ staff, points }: Directory, id: Id): boolean {
  const member = staff.find((one) => one.id === id)
  return member?.active === true && points.some((point) => point.id === member.point && point.answerByPhone === true)
}

/** Did this person ask for staff who belong to the police, knowing it. */
export function choseOfPolice({ answers }: Pick<Conversation, 'answers'>): boolean {
  const code = (name: string) => (answers[name]?.type === 'code' ? answers[name].value : '')
  return code('affiliation') === 'cong_an'
}
