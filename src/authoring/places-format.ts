import { z } from 'zod'
import type { Club, Commune, Exception, Point } from '../engine/facts.ts'
import { SERVICE_KINDS, type ServicePlace } from '../engine/referrals/service.ts'
import { shiftsOf, timeFormat, toMinutes } from './clock-format.ts'
import { idFormat } from './flow-format.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'
import { dayFormat } from './topic-format.ts'

/** Provinces and the older names people still write; every commune of a province answers to them as "tỉnh …". */
const provinceFormat = z
  .strictObject({
    name: z.string().min(1),
    aliases: z.array(z.string().min(1)).default([]),
    confirmed: z.boolean(),
    source: z.string().nullable().default(null),
    changed_on: dayFormat.nullable().default(null),
  })
  .transform((province) => ({ ...province, id: province.name }))

const communeFormat = z.strictObject({
  id: idFormat,
  name: z.string().min(1),
  province: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  confirmed: z.boolean(),
  source: z.string().nullable().default(null),
  changed_on: dayFormat.nullable().default(null),
})

const shiftsFormat = z.array(
  z.strictObject({ weekday: z.number().int().min(1).max(7), from: timeFormat, to: timeFormat }),
)
const exceptionsFormat = z.array(
  z.strictObject({
    day: dayFormat,
    hours: z
      .array(
        z
          .strictObject({ from: timeFormat, to: timeFormat })
          .refine(({ from, to }) => from < to, 'Giờ đóng phải sau giờ mở, trong cùng một ngày.'),
      )
      .describe('Để trống [] là nghỉ cả ngày'),
  }),
)

const pointFormat = z.strictObject({
  id: idFormat,
  name: z.string().min(1).max(60),
  address: z.string().min(1).max(120),
  phone: z.string().nullable().default(null),
  night_phone: z.string().nullable().default(null),
  communes: z.array(idFormat),
  /** "Trả lời qua điện thoại". */
  answer_by_phone: z.boolean().default(false),
  shifts: shiftsFormat,
  above: idFormat.nullable().default(null).describe('Điểm tuyến trên, được gọi khi ở đây không ai nhận'),
  exceptions: exceptionsFormat
    .default([])
    .describe('Những ngày riêng của điểm, đứng trước lịch nghỉ lễ và giờ trong tuần'),
})

const clubFormat = z.strictObject({
  id: idFormat,
  name: z.string().min(1),
  commune: idFormat,
  about: z.string(),
  point: idFormat.optional().describe('Điểm đứng sau câu lạc bộ; để trống là điểm phục vụ xã, phường ấy'),
  decision: z
    .strictObject({ number: z.string().min(1), day: dayFormat })
    .optional()
    .describe('Quyết định thành lập của UBND xã, phường'),
  board: z.array(z.string().min(1)).optional().describe('Ban chủ nhiệm theo quyết định: tên và chức'),
  place: z.string().min(1).optional().describe('Nơi thường gặp'),
  capacity: z.int().min(1).max(500).optional().describe('Số chỗ thường có'),
})

const serviceFormat = z.strictObject({
  id: idFormat,
  name: z.string().min(1).max(80),
  kinds: z.array(z.enum(SERVICE_KINDS)).min(1).describe('Ở đây có những dịch vụ nào'),
  address: z.string().min(1).max(120),
  phone: z.string().nullable().default(null),
  communes: z.array(idFormat),
  point: idFormat.optional().describe('Điểm giữ cho mục này luôn đúng; để trống là tuyến trên'),
  shifts: shiftsFormat.default([]).describe('Để trống là chưa có giờ xác nhận'),
  exceptions: exceptionsFormat.default([]),
  licence: z
    .strictObject({ number: z.string().min(1), day: dayFormat })
    .nullable()
    .default(null)
    .describe('Giấy phép của cơ sở: số và ngày cấp'),
  checked_on: dayFormat.describe('Ngày gần nhất có người hỏi lại xem còn đúng không'),
})

export type CommuneRow = Commune & { source: string | null; changedOn: string | null }

/** Points, clubs and places to be introduced to: made up for an empty development database, or an operator's own. */
export interface Samples {
  points: readonly Located<Point>[]
  clubs: readonly Located<Club>[]
  services: readonly Located<ServicePlace>[]
}

export function readCommunes(file: string, text: string, problems: Problem[]): readonly Located<CommuneRow>[] {
  const lists = readLists(file, text, ['provinces', 'communes'], problems)
  const older = new Map(lists('provinces', provinceFormat).map(({ value }) => [value.name, value.aliases]))
  return lists('communes', communeFormat).map(({ value: { changed_on: changedOn, ...row }, place }) => {
    const provinces = (older.get(row.province) ?? []).map((name) => `tỉnh ${name}`)
    return { value: { ...row, aliases: [...row.aliases, ...provinces], changedOn }, place }
  })
}

export function readSamples(file: string, text: string, problems: Problem[]): Samples {
  const lists = readLists(file, text, ['points', 'clubs', 'services'], problems)
  return {
    points: lists('points', pointFormat).map(
      ({ value: { answer_by_phone: byPhone, night_phone: nightPhone, ...value }, place }) => ({
        value: {
          ...value,
          shifts: value.shifts.flatMap(shiftsOf),
          ...(byPhone ? { answerByPhone: true } : {}),
          ...(nightPhone ? { nightPhone } : {}),
          exceptions: exceptionsOf(value.exceptions),
          sample: isSample(value.name),
        },
        place,
      }),
    ),
    clubs: lists('clubs', clubFormat).map(({ value, place }) => ({
      value: { ...(value as Omit<Club, 'sample'>), sample: isSample(value.name) },
      place,
    })),
    services: lists('services', serviceFormat).map(({ value: { checked_on: checkedOn, point, ...value }, place }) => ({
      value: {
        ...value,
        ...(point === undefined ? {} : { point }),
        shifts: value.shifts.flatMap(shiftsOf),
        exceptions: exceptionsOf(value.exceptions),
        checkedOn,
        sample: isSample(value.name),
      },
      place,
    })),
  }
}

function exceptionsOf(written: z.infer<typeof exceptionsFormat>): readonly Exception[] {
  return written.map(({ day, hours }) => ({
    day,
    hours: hours.map(({ from, to }) => ({ from: toMinutes(from), to: toMinutes(to) })),
  }))
}

/** What is made up says so in its name, wherever it is shown. */
export function isSample(name: string): boolean {
  return name.includes('MẪU')
}

function readLists(file: string, text: string, names: readonly string[], problems: Problem[]) {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  const outer = z.strictObject(Object.fromEntries(names.map((name) => [name, z.array(z.unknown()).default([])])))
  const lists: Record<string, unknown[]> =
    yaml.problems.length > 0 ? {} : (shape(outer, yaml, [], yaml.value ?? {}, problems) ?? {})
  return <T extends { id: string }>(name: string, format: z.ZodType<T>): Located<T>[] => {
    const seen = new Set<string>()
    return (lists[name] ?? []).flatMap((written, i) => {
      const value = shape(format, yaml, [name, i], written, problems)
      if (value === undefined) return []
      const place = { ...yaml.place([name, i]), path: `${name}.${value.id}` }
      if (seen.has(value.id)) problems.push(problemAt(place, `Mã “${value.id}” có hai lần.`))
      seen.add(value.id)
      return [{ value, place }]
    })
  }
}
