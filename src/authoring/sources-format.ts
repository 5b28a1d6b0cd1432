import { z } from 'zod'
import type { Shift } from '../engine/facts.ts'
import { shiftsOf, timeFormat } from './clock-format.ts'
import { idFormat } from './flow-format.ts'
import type { Place, Problem } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import { dayFormat } from './topic-format.ts'

const confidence = z.enum(['confirmed', 'secondary', 'remembered', 'unsure'])
const day = dayFormat.nullable().default(null)
const note = z.string().nullable().default(null)

const sourceFormat = z.strictObject({
  title: z.string().min(1),
  kind: z.enum(['law', 'guidance', 'health', 'plan']),
  in_force_from: day,
  in_force_to: day,
  confidence,
  note,
})

/** A law or guidance that content rests on. */
export interface Source {
  id: string
  title: string
  kind: 'law' | 'guidance' | 'health' | 'plan'
  inForceFrom: string | null
  inForceTo: string | null
  confidence: z.infer<typeof confidence>
  note: string | null
}

const contactFormat = z.strictObject({
  number: z
    .union([z.string().min(3), z.number().int().min(100).max(999).transform(String)])
    .describe('Số dài hơn ba chữ số phải đặt trong dấu ngoặc kép'),
  name: z.string().min(1),
  owner: z.string().nullable().default(null),
  hours: z.union([
    z.literal('always'),
    z.array(
      z.strictObject({
        weekdays: z.array(z.number().int().min(1).max(7)).min(1),
        from: timeFormat,
        to: timeFormat,
      }),
    ),
  ]),
  for: z.array(z.string()).default([]).describe('Lý do khẩn cấp mà đường dây này giúp: suicide, violence …'),
  coverage: note,
  cost: note,
  confidence,
  verified_by: note,
  verified_on: day,
  expires_on: day,
  shown: z.boolean(),
  note,
})

/** A telephone number that may be shown. */
export interface Contact {
  id: string
  number: string
  name: string
  owner: string | null
  hours: 'always' | readonly Shift[]
  for: readonly string[]
  coverage: string | null
  cost: string | null
  confidence: z.infer<typeof confidence>
  verifiedBy: string | null
  verifiedOn: string | null
  expiresOn: string | null
  shown: boolean
  note: string | null
}

export interface Located<T> {
  value: T
  place: Place
}

export function readSources(file: string, text: string, problems: Problem[]): readonly Located<Source>[] {
  return readEntries(file, text, sourceFormat, problems).map(({ id, row, place }) => ({
    place,
    value: {
      id,
      title: row.title,
      kind: row.kind,
      inForceFrom: row.in_force_from,
      inForceTo: row.in_force_to,
      confidence: row.confidence,
      note: row.note,
    },
  }))
}

export function readContacts(file: string, text: string, problems: Problem[]): readonly Located<Contact>[] {
  return readEntries(file, text, contactFormat, problems).map(({ id, row, place }) => ({
    place,
    value: {
      id,
      number: row.number,
      name: row.name,
      owner: row.owner,
      hours:
        row.hours === 'always'
          ? row.hours
          : row.hours.flatMap((hours) => hours.weekdays.flatMap((weekday) => shiftsOf({ ...hours, weekday }))),
      for: row.for,
      coverage: row.coverage,
      cost: row.cost,
      confidence: row.confidence,
      verifiedBy: row.verified_by,
      verifiedOn: row.verified_on,
      expiresOn: row.expires_on,
      shown: row.shown,
      note: row.note,
    },
  }))
}

function readEntries<T>(file: string, text: string, format: z.ZodType<T>, problems: Problem[]) {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return []
  const entries = shape(z.record(idFormat, z.unknown()), yaml, [], yaml.value ?? {}, problems) ?? {}
  return Object.entries(entries).flatMap(([id, value]) => {
    const row = shape(format, yaml, [id], value, problems)
    return row === undefined ? [] : [{ id, row, place: yaml.place([id]) }]
  })
}
