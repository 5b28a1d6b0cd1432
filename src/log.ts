import { type Logger, pino } from 'pino'

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
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), bindings: allowed, log: allowed },
    hooks: {
      // An error's message, a text and what is filled into it may hold anything: only fields are written.
      logMethod([first]: unknown[], method) {
        if (first instanceof Error) method.call(this, { error: first.name })
        else method.call(this, typeof first === 'object' && first !== null ? first : {})
      },
    },
  }
  return stream ? pino(options, stream) : pino(options)
}

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => LOG_FIELDS.includes(name) && isCode(value)))
}

function isCode(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= VALUE_LENGTH : typeof value === 'number' || typeof value === 'boolean'
}
