import type { Level } from '../engine/safety/rules.ts'

/** A line to judge by; `level` null: plain text that is only counted. */
export interface Row {
  text: string
  intent: string | null
  level: Exclude<Level, 'check'> | null
  /** `ALT=x`: level x is right too; `NEG`: must stay quiet. */
  note: string
}

/** Lines of text, intent, level and note; or one text a line. */
export function readRows(text: string): readonly Row[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const first = lines[0]?.split('\t') ?? []
  const labelled = lines.some((line) => /^(none|urgent|emergency)$/.test(line.split('\t')[2]?.trim() ?? ''))
  if (!labelled) return lines.map((line) => ({ text: line, intent: null, level: null, note: '' }))
  return lines.slice(first[0] === 'text' ? 1 : 0).map((line) => {
    const [words = '', intent = '', level = 'none', note = ''] = line.split('\t')
    return { text: words, intent: intent || null, level: level.trim() as Row['level'], note }
  })
}
