import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { supportingPoint } from '../../engine/accompany/supporter.ts'
import type { Id } from '../../engine/content.ts'
import type { Conversation } from '../../engine/conversation.ts'
import type { Subject } from './subject.ts'
import type { Who } from './who.ts'

/**
 * How near a reader stands to a person. The point is that of their supporter when they said yes, else the one they chose, else that of
 * their ticket. Whoever no point has yet may be given a supporter by any counsellor; what they agreed to show "to the
 * point" is shown then to the one who holds their ticket, and to nobody else.
 */
export function standingTo(
  app: App,
  who: Who,
  subject: Subject,
  conversation: Conversation,
  action: Action,
): { mayOpen: boolean; near: boolean } {
  const { answers } = conversation
  const given = supportingPoint(conversation, app.directory())
  const chosen = answers.point?.type === 'code' && answers.point.value !== '' ? answers.point.value : null
  const point = given ?? chosen ?? subject.point
  const near = isOf(app, who, conversation, action, point)
  return { mayOpen: point === null ? mayEver(action, who.member) : near, near }
}

/**
 * May this reader open the plan. It is shared with the point that the text of the yes named, wherever the person or their
 * supporter is now; a yes that named none is to the point of their supporter, else to who holds the ticket.
 */
export function mayReadPlan(app: App, who: Who, conversation: Conversation): boolean {
  const { plan, consents } = conversation
  if (!plan || !consents?.plan_share) return false
  const point = consents.plan_share.point ?? supportingPoint(conversation, app.directory())
  return isOf(app, who, conversation, 'accompany.read', point)
}

function isOf(app: App, who: Who, { ticket }: Conversation, action: Action, point: Id | null): boolean {
  if (point === null) return mayEver(action, who.member) && ticket?.heldBy === who.id
  const above = app.directory().points.find(({ id }) => id === point)?.above
  return may(action, who.member, { point, above })
}
