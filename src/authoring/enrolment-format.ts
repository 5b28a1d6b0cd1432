import { z } from 'zod'
import { type EnrolmentPlan, NO_PLAN } from '../engine/enrolment/clocks.ts'
import { ENROLMENT_STATES, OPERATOR_KINDS, TREATMENT_FORMS } from '../engine/enrolment/enrolment.ts'
import type { Draft } from './draft.ts'
import { idFormat } from './flow-format.ts'
import { type Problem, problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'
import { dayFormat } from './topic-format.ts'

const paper = z.strictObject({
  id: idFormat,
  title: z.string().min(3).max(60).describe('Tên giấy, đọc được trên một dòng điện thoại'),
  source: idFormat,
  article: z.string().min(1).max(60),
  confirmed: z.boolean().describe('false: chưa ai xác nhận, và người đọc được báo như vậy'),
})
const clock = z.strictObject({
  id: idFormat,
  title: z.string().min(3).max(90),
  from: z.enum(ENROLMENT_STATES),
  until: z.array(z.enum(ENROLMENT_STATES)),
  count: z.int().min(1).max(200),
  unit: z.enum(['working_days', 'days', 'hours', 'months']),
  forms: z.array(z.enum(TREATMENT_FORMS)).min(1).optional(),
  operators: z.array(z.enum(OPERATOR_KINDS)).min(1).optional(),
  source: idFormat.nullable().describe('null: mục tiêu của điểm, không phải luật'),
  article: z.string().max(60).nullable(),
  confirmed: z.boolean(),
})
const enrolmentFormat = z.strictObject({
  as_of: dayFormat,
  keep_days: z.int().min(30).max(730).describe('Giữ yêu cầu còn mở mấy ngày sau lần ghi cuối'),
  papers: z.partialRecord(z.enum(TREATMENT_FORMS), z.array(paper).max(9)),
  clocks: z.array(clock),
})

export const NO_ENROLMENT: Located<EnrolmentPlan> = { value: NO_PLAN, place: { file: '', path: '' } }

/** Papers and times of a request, as dated configuration. */
export function readEnrolment(file: string, content: string, problems: Problem[]): Located<EnrolmentPlan> {
  const yaml = readYaml(file, content)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return NO_ENROLMENT
  const written = shape(enrolmentFormat, yaml, [], yaml.value ?? {}, problems)
  if (written === undefined) return NO_ENROLMENT
  const { as_of: asOf, keep_days: keepDays, papers, clocks } = written
  const named = clocks.map(({ forms, operators, ...one }) => ({
    ...one,
    ...(forms === undefined ? {} : { forms }),
    ...(operators === undefined ? {} : { operators }),
  }))
  return { value: { asOf, keepDays, papers, clocks: named }, place: yaml.place([]) }
}

/** Every paper and every time of law names a source that is there. */
export function checkEnrolment({ enrolment: { value, place }, sources }: Draft): readonly Problem[] {
  const known = new Set(sources.map((one) => one.value.id))
  const rests = [
    ...Object.values(value.papers).flatMap((list) => list ?? []),
    ...value.clocks.filter(({ source }) => source !== null),
  ]
  return [
    ...rests
      .filter(({ source }) => source === null || !known.has(source))
      .map(({ id, source }) => problemAt(place, `“${id}”: không có nguồn “${source}”.`)),
    ...value.clocks
      .filter(({ source, article }) => (source === null) !== (article === null))
      .map(({ id }) =>
        problemAt(place, `“${id}”: thời hạn của luật cần cả nguồn và điều; mục tiêu của điểm không có cả hai.`),
      ),
  ]
}
