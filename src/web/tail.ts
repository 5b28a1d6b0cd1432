import type { ChatLine, ChatRoom } from './chat-room.ts'

/**
 * Follows a conversation until the signal aborts: yields each batch of new lines, and an empty batch after every
 * wait that brought none, so that the reader can send a heartbeat.
 */
export async function* tail(
  room: ChatRoom,
  visitor: string,
  after: string | null,
  pollMilliseconds: number,
  signal: AbortSignal,
): AsyncGenerator<readonly ChatLine[]> {
  let cursor = after
  while (!signal.aborted) {
    const lines = await room.lines(visitor, cursor)
    cursor = lines.at(-1)?.id ?? cursor
    yield lines
    if (lines.length === 0 && !signal.aborted) await nap(room, visitor, pollMilliseconds, signal)
  }
}

/** Ends at the poll interval, at a wake or at an abort, whichever comes first, and leaves nothing waiting behind. */
async function nap(room: ChatRoom, visitor: string, milliseconds: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  const stop = () => done.abort()
  signal.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(stop, milliseconds)
  // A wake that fails must not turn the loop into a hot one: the poll interval still ends the wait.
  room.wake?.(visitor, done.signal).then(stop, () => {})
  await new Promise<void>((resolve) => {
    if (done.signal.aborted) resolve()
    else done.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  clearTimeout(timer)
  signal.removeEventListener('abort', stop)
}
