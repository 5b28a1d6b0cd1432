import { type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino'
import { allowedFields } from './app/log.ts'

export { LOG_FIELDS } from './app/log.ts'

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
        method.call(this, first instanceof Error ? { error: first.name } : allowedFields(first))
      },
    },
  }
  const log = stream ? pino(options, stream) : pino(options)
  // Fields of a child go past the hook.
  log.child = () => log as never
  return log
}
