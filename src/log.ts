import { pino, type Logger } from 'pino'

/** The only fields a log line may carry. None holds a person's words, handle, name or number. */
export const LOG_FIELDS: readonly string[] = [
  'event',
  'method',
  'route',
  'status',
  'ms',
  'kind',
  'lane',
  'channel',
  'bot',
  'outcome',
  'reason',
  'outbound',
  'error',
  'step',
  'port',
  'what',
  'used',
  'of',
  'count',
]

/** A logger that drops every field outside the allow-list, whatever a caller passes. */
export function createLog(level: string, stream?: NodeJS.WritableStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => LOG_FIELDS.includes(name))),
    },
  }
  return stream ? pino(options, stream) : pino(options)
}
