import type { App } from './app.ts'
import { errorName } from './error-name.ts'

/** Works through a list so that one item that fails, again and again perhaps, does not keep the rest from their turn. */
export async function each<T>(
  app: App,
  step: string,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      app.log.error({ event: 'tick_failed', step, error: errorName(error) })
    }
  }
}
