import type { Id } from '../engine/content.ts'
import type { Role, StaffMember } from '../engine/staff.ts'

export type Action =
  | 'queue.view'
  | 'ticket.read'
  | 'ticket.take'
  | 'ticket.reply'
  | 'ticket.transfer'
  | 'ticket.close'
  | 'note.write'
  | 'answer.reveal'
  | 'review.write'
  | 'contact.record'
  | 'walk_in.register'
  | 'walk_in.read'
  | 'walk_in.slip'
  | 'walk_in.erase'
  | 'visit.read'
  | 'visit.book'
  | 'visit.mark'
  | 'visit.trace'
  | 'enrolment.read'
  | 'enrolment.write'
  | 'contact.mute'
  | 'broadcast.write'
  | 'broadcast.approve'
  | 'content.read'
  | 'content.edit'
  | 'content.approve'
  | 'content.law'
  | 'content.take_down'
  | 'outreach.read'
  | 'outreach.write'
  | 'contest.read'
  | 'contest.edit'
  | 'loudspeaker.read'
  | 'loudspeaker.plan'
  | 'loudspeaker.confirm'
  | 'recording.write'
  | 'recording.enable'
  | 'entrance.edit'
  | 'service.read'
  | 'service.edit'
  | 'referral.read'
  | 'referral.write'
  | 'class.edit'
  | 'club.edit'
  | 'club.read'
  | 'club.meet'
  | 'club.members'
  | 'accompany.read'
  | 'accompany.write'
  | 'supporter.read'
  | 'supporter.edit'
  | 'directory.edit'
  | 'rota.edit'
  | 'staff.invite'
  | 'staff.deactivate'
  | 'staff.role'
  | 'staff.reset'
  | 'audit.search'
  | 'switch.sending'
  | 'report.view'
  | 'export'

/**
 * How what is acted on stands to who acts. `own`: a ticket they hold. `point`: it belongs to their point. `open`: no
 * point has it yet. `tier`: they work above every point. `board`: a club on whose board they sit. `any`: it belongs to
 * nobody.
 */
export type Relation = 'own' | 'point' | 'open' | 'tier' | 'board' | 'any'

/** One thing that is allowed. `days`: how long after a record was closed; null: however old. */
export interface Rule {
  action: Action
  role: Role
  relation: Relation
  days: number | null
}

const allow = (action: Action, roles: readonly Role[], relations: readonly Relation[], days: number | null = null) =>
  roles.flatMap((role) => relations.map((relation): Rule => ({ action, role, relation, days })))

const EVERYWHERE = ['own', 'point', 'open', 'tier'] as const

/** Everything that is allowed to anybody; what is not here is refused. `admin` and `analyst` read no messages. */
export const RULES: readonly Rule[] = [
  ...allow('queue.view', ['counsellor', 'lead'], EVERYWHERE, 0),
  ...allow('ticket.read', ['counsellor'], ['own'], 7),
  ...allow('ticket.read', ['counsellor'], ['point', 'open', 'tier'], 0),
  ...allow('ticket.read', ['lead'], EVERYWHERE, 30),
  ...allow('ticket.take', ['counsellor', 'lead'], EVERYWHERE, 0),
  ...allow('ticket.reply', ['counsellor', 'lead'], EVERYWHERE, 0),
  ...allow('ticket.transfer', ['counsellor', 'lead'], EVERYWHERE, 0),
  ...allow('ticket.close', ['counsellor', 'lead'], EVERYWHERE, 0),
  ...allow('note.write', ['counsellor'], ['own'], 7),
  ...allow('note.write', ['counsellor'], ['point', 'open', 'tier'], 0),
  ...allow('note.write', ['lead'], EVERYWHERE, 30),
  ...allow('answer.reveal', ['counsellor'], ['own', 'point', 'open', 'tier'], 0),
  ...allow('answer.reveal', ['lead'], EVERYWHERE, 30),
  ...allow('review.write', ['counsellor'], ['own'], 30),
  ...allow('review.write', ['lead'], EVERYWHERE, 30),
  ...allow('contact.record', ['counsellor', 'lead'], EVERYWHERE, 0),
  ...allow('walk_in.register', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('walk_in.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('walk_in.slip', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('walk_in.erase', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('visit.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('visit.book', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('visit.mark', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('visit.trace', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('enrolment.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('enrolment.write', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('broadcast.write', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('broadcast.approve', ['lead'], ['point', 'tier']),
  ...allow('content.read', ['counsellor', 'lead', 'editor', 'club_board', 'analyst'], ['any']),
  ...allow('content.edit', ['editor', 'lead'], ['any']),
  ...allow('content.approve', ['editor', 'lead'], ['any']),
  ...allow('content.law', ['lead', 'editor'], ['any']),
  ...allow('content.take_down', ['lead', 'editor'], ['any']),
  ...allow('outreach.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('outreach.read', ['analyst'], ['any']),
  ...allow('outreach.write', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('contest.read', ['counsellor', 'lead', 'editor'], ['any']),
  ...allow('contest.edit', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('loudspeaker.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('loudspeaker.plan', ['lead'], ['point', 'tier']),
  ...allow('loudspeaker.confirm', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('recording.write', ['counsellor', 'lead', 'editor'], ['any']),
  ...allow('recording.enable', ['lead'], ['any']),
  ...allow('entrance.edit', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('service.read', ['counsellor', 'lead', 'admin'], ['any']),
  ...allow('service.edit', ['lead'], ['point', 'tier']),
  ...allow('service.edit', ['admin'], ['any']),
  ...allow('referral.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('referral.write', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('class.edit', ['lead'], ['point', 'tier']),
  ...allow('class.edit', ['admin'], ['any']),
  ...allow('club.edit', ['lead'], ['point', 'tier']),
  ...allow('club.edit', ['admin'], ['any']),
  ...allow('club.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('club.read', ['club_board'], ['board']),
  ...allow('club.meet', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('club.meet', ['club_board'], ['board']),
  ...allow('club.members', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('accompany.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('accompany.write', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('supporter.read', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('supporter.edit', ['lead'], ['point', 'tier']),
  ...allow('contact.mute', ['counsellor', 'lead'], ['point', 'tier']),
  ...allow('directory.edit', ['lead'], ['point', 'tier']),
  ...allow('directory.edit', ['admin'], ['any']),
  ...allow('rota.edit', ['lead'], ['point', 'tier']),
  ...allow('staff.invite', ['lead'], ['point', 'tier']),
  ...allow('staff.invite', ['admin'], ['any']),
  ...allow('staff.deactivate', ['lead'], ['point', 'tier']),
  ...allow('staff.deactivate', ['admin'], ['any']),
  ...allow('staff.role', ['lead'], ['point', 'tier']),
  ...allow('staff.role', ['admin'], ['any']),
  ...allow('staff.reset', ['lead'], ['point', 'tier']),
  ...allow('staff.reset', ['admin'], ['any']),
  ...allow('audit.search', ['lead'], ['point', 'tier']),
  ...allow('switch.sending', ['lead', 'admin'], ['any']),
  ...allow('report.view', ['lead', 'analyst'], ['any']),
  ...allow('export', ['lead'], ['point', 'tier']),
]

/** What shows something of a person, even only that they wait: staff of the police need to have been chosen for it. */
export const PERSONAL: readonly Action[] = [
  'queue.view',
  'ticket.read',
  'ticket.take',
  'ticket.reply',
  'ticket.transfer',
  'ticket.close',
  'note.write',
  'answer.reveal',
  'review.write',
  'contact.record',
  'walk_in.register',
  'walk_in.read',
  'walk_in.slip',
  'walk_in.erase',
  'visit.read',
  'visit.book',
  'visit.mark',
  'visit.trace',
  'enrolment.read',
  'enrolment.write',
  'contact.mute',
  'referral.read',
  'referral.write',
  'broadcast.write',
  'broadcast.approve',
  'club.read',
  'club.meet',
  'club.members',
  'accompany.read',
  'accompany.write',
  'audit.search',
  'export',
]

/** Roles that each role may give, and whose holders it may change or send away. */
export const MAY_GIVE: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  lead: ['counsellor', 'lead', 'club_board', 'editor'],
  admin: ['counsellor', 'lead', 'club_board', 'editor', 'analyst', 'admin'],
}

export interface About {
  /** Who holds the ticket. */
  heldBy?: Id | null
  /** The point it belongs to; null while none has it. Left out for what belongs to no point. */
  point?: Id | null
  /** The point above that one, whose staff are called when nobody there answers. */
  above?: Id | null | undefined
  /** Accounts of those who sit on the board of the club it belongs to. */
  board?: readonly Id[]
  /** Days since it was closed; 0 while it is open. */
  days?: number
  /** Did the person choose this member of staff, knowing where they belong. */
  chosen?: boolean
}

/** May they do this: only if a rule says so. */
export function may(action: Action, who: StaffMember, about: About = {}): boolean {
  if (!who.active) return false
  if (who.affiliation === 'cong_an' && PERSONAL.includes(action) && about.chosen !== true) return false
  return RULES.some(
    (rule) =>
      rule.action === action &&
      who.roles.includes(rule.role) &&
      stands(rule.relation, who, about) &&
      (rule.days === null || (about.days ?? 0) <= rule.days),
  )
}

function stands(relation: Relation, who: StaffMember, about: About): boolean {
  switch (relation) {
    case 'own':
      return about.heldBy === who.id
    case 'point':
      return who.point !== null && about.point === who.point
    case 'open':
      return about.point === null
    case 'tier':
      return who.point === null || (about.above !== undefined && about.above === who.point)
    case 'board':
      return about.board?.includes(who.id) === true
    case 'any':
      return true
    default:
      return relation satisfies never
  }
}

/** Is there anything at all on which they may do this: whether a page is worth showing. */
export function mayEver(action: Action, who: StaffMember): boolean {
  return mayOnSome(action, who, false)
}

/** The same for a list that asks about each of its rows: somebody may choose police-affiliated staff at any time. */
export function mayIfChosen(action: Action, who: StaffMember): boolean {
  return mayOnSome(action, who, true)
}

function mayOnSome(action: Action, who: StaffMember, chosen: boolean): boolean {
  const abouts: readonly About[] = [{ heldBy: who.id }, { point: who.point }, { point: null }, { board: [who.id] }, {}]
  return abouts.some((about) => may(action, who, { ...about, chosen }))
}

/** May they change or send away this member, or invite one who would be so: never somebody with more than they may give. */
export function mayManage(
  action: 'staff.invite' | 'staff.deactivate' | 'staff.role' | 'staff.reset',
  who: StaffMember,
  member: Pick<StaffMember, 'point' | 'roles'>,
): boolean {
  const givable = new Set(who.roles.flatMap((role) => MAY_GIVE[role] ?? []))
  return may(action, who, { point: member.point }) && member.roles.every((role) => givable.has(role))
}

/** Roles whose holders sign in with a second factor or not at all. */
export function needsSecond(member: Pick<StaffMember, 'roles'>): boolean {
  return member.roles.some((role) => role === 'lead' || role === 'admin')
}
