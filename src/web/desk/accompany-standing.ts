import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import type { Conversation } from '../../engine/conversation.ts'
import type { Subject } from './subject.ts'
import type { Who } from './who.ts'

/**
 * How near a reader stands to a person. The point is that of their supporter, else the one they chose, else that of
 * their ticket. Whoever no point has yet may be given a supporter by any counsellor; what they agreed to show "to the
 * point" is shown then to the one who holds their ticket, and to nobody else.
 */
export function standingTo(
  app: App,
  who: Who,
  subject: Subject,
  { supporter, answers, ticket }: Conversation,
  action: Action,
): { mayOpen: boolean; near: boolean } {
  const { points, supporters = [] } = app.directory()
  const given = supporters.find(({ id }) => id === supporter?.supporter)?.point
  const chosen = answers.point?.type === 'code' && answers.point.value !== '' ? answers.point.value : null
  const point = given ?? chosen ?? subject.point
  if (point === null)
    return { mayOpen: mayEver(action, who.member), near: mayEver(action, who.member) && ticket?.heldBy === who.id }
  const near = may(action, who.member, { point, above: points.find(({ id }) => id === point)?.above })
  return { mayOpen: near, near }
}
