import type { App } from '../../app/app.ts'
import type { Id } from '../../engine/content.ts'
import type { Who } from './who.ts'

/**
 * Somebody looked at an answer that was covered. Called before the answer is shown, so that nothing is shown that was
 * not recorded. Carries the name of the question, never the answer.
 */
export async function recordReveal(app: App, _reveal: { by: Who; ticket: Id; answer: string }): Promise<void> {
  app.log.info({ event: 'answer_revealed' })
}
