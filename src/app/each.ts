import type { App } from './app.ts'
import { errorName } from './error-name.ts'

/**
 * Works through a list so that one item that fails, again and again perhaps, does not keep the rest from their turn.
 * @param together how many are under way at once; they begin in the order of the list
 */
export async function each<T>(
  app: App,
  step: string,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  together = 1,
): Promise<void> {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) {
      try {
        await work(item)
      } catch (error) {
        app.log.error({ event: 'tick_failed', step, error: errorName(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
}
