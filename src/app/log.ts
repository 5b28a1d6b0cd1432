/** Where log lines go: fields only, never a sentence. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>): void
  warn(fields: Readonly<Record<string, unknown>>): void
  error(fields: Readonly<Record<string, unknown>>): void
}

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

/** What may be written of these fields: known names, and codes instead of free text. */
export function allowedFields(fields: unknown): Record<string, unknown> {
  const known = Object.entries(fields ?? {}).filter(([name, value]) => LOG_FIELDS.includes(name) && isCode(value))
  return Object.fromEntries(known)
}

function isCode(value: unknown): boolean {
  return typeof value === 'string'
    ? value.length <= VALUE_LENGTH
    : typeof value === 'number' || typeof value === 'boolean'
}
