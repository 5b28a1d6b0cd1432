import { type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino'

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

/** Long enough for every code we log, too short for a person's words. */
const VALUE_LENGTH = 80

/** A logger that drops every field outside the allow-list, and every free text, whatever a caller passes. */
export function createLog(level: string, stream?: NodeJS.WritableStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: {
      // A text, what is filled into it and the message of an error may hold anything: only fields are written.
      logMethod([first]: unknown[], method) {
        method.call(this, first instanceof Error ? { error: first.name } : allowed(first))
      },
    },
  }
  const log = stream ? pino(options, stream) : pino(options)
  // Fields of a child go past the hook.
  log.child = () => log as never
  return log
}

function allowed(fields: unknown): Record<string, unknown> {
  const known = Object.entries(fields ?? {}).filter(([name, value]) => LOG_FIELDS.includes(name) && isCode(value))
  return Object.fromEntries(known)
}

function isCode(value: unknown): boolean {
  return typeof value === 'string'
    ? value.length <= VALUE_LENGTH
    : typeof value === 'number' || typeof value === 'boolean'
}
