import { allowedFields, type Log } from './app/log.ts'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** A logger for a runtime without streams, with the same allow-list and the same lines as the other. */
export function consoleLog(level: string, print: (line: string) => void = console.log): Log {
  const at = (name: 'info' | 'warn' | 'error') => (fields: unknown) => {
    if (LEVELS.indexOf(name) < LEVELS.indexOf(level)) return
    const kept = fields instanceof Error ? { error: fields.name } : allowedFields(fields)
    print(JSON.stringify({ level: name, time: new Date().toISOString(), ...kept }))
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
