/** The kind of an error and where it arose; never its message, which may hold a person's words. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = /at .*?([\w-]+\.ts:\d+)/.exec(error.stack ?? '')?.[1]
  return frame ? `${error.name} ${frame}` : error.name
}
